import { DayTradeError } from '@daytrade/errors';
import { allowedBy, expectationOf, nearestName } from '../issue-words.ts';
import { contradictionsIn } from './contradictions.ts';
import {
  type Environment,
  type FileSetting,
  faultsOfKeys,
  type GivenSetting,
  givenSettings,
  settingKey,
  settingNameOf,
} from './setting-sources.ts';
import { type SettingName, type Settings, settingsSchema } from './settings.ts';
import { withoutPassword } from './store-addresses.ts';

/**
 * Reads the settings out of an environment and a settings file, of which the environment comes first. Unknown variables
 * are ignored, except unknown ones named `DAYTRADE_*`; no unknown key of the file is. Settings that contradict one
 * another are refused as well, and so is a secret in the file.
 *
 * @throws DayTradeError `settings.invalid`, naming the variable, or file, line and key, its value (never of a secret)
 *   and what is allowed
 */
export function parseSettings(environment: Environment, fromFile: readonly FileSetting[] = []): Settings {
  const given = givenSettings(environment, fromFile);
  const faults = faultsOfKeys(fromFile, { names: Object.keys(settingsSchema.shape), isSecret });
  if (faults.length > 0) throw invalid(faults);
  rejectUnknown([...given.keys()]);
  const texts = Object.fromEntries([...given].map(([name, { text }]) => [name, text]));
  const parsed = settingsSchema.safeParse({ ...settingsThatFollow(texts), ...texts });
  const messages = parsed.success
    ? contradictionsIn(parsed.data).map((message) => message.replaceAll(/DAYTRADE_\w+/g, (name) => placed(name, given)))
    : parsed.error.issues.map((issue) => {
        const name = issue.path[0] as SettingName;
        const { text, label } = given.get(name) ?? { label: name };
        const fields = issue.path.slice(1).map((field) => `.${String(field)}`);
        if (fields.length > 0) return `${label}${fields.join('')}: ${expectationOf(issue)}`;
        return (
          `${label}=${isSecret(name) ? '(hidden)' : JSON.stringify(withoutPassword(text ?? ''))}: ` +
          `${allowedBy(settingsSchema.shape[name]) ?? expectationOf(issue)}`
        );
      });
  if (parsed.success && messages.length === 0) return parsed.data;
  throw invalid(messages);
}

/** Returns the default of the language of reports, which is that of the page. */
function settingsThatFollow({ DAYTRADE_LANGUAGE: language }: Readonly<Record<string, string>>) {
  const chosen = settingsSchema.shape.DAYTRADE_LANGUAGE.safeParse(language).data;
  return chosen === undefined ? {} : { DAYTRADE_REPORT_LANGUAGE: chosen };
}

function invalid(messages: readonly string[]): DayTradeError {
  return new DayTradeError('settings.invalid', messages.join('; '), { details: { settings: messages } });
}

/** A setting within a sentence, with its place where that is a file. */
function placed(name: string, given: ReadonlyMap<string, GivenSetting>): string {
  const source = given.get(name)?.source;
  return source?.from === 'file' ? `${settingKey(name)} (${source.file} line ${source.line})` : name;
}

/**
 * Why a text cannot be the value of a setting, in words; undefined where it can.
 *
 * @example faultOfValue('DAYTRADE_PORT', '70000') // 'expected a whole number from 0 to 65455'
 */
export function faultOfValue(name: SettingName, text: string): string | undefined {
  const issue = settingsSchema.shape[name].safeParse(text).error?.issues[0];
  return issue && (allowedBy(settingsSchema.shape[name]) ?? expectationOf(issue));
}

/** True for a setting whose value must never be shown. */
export function isSecret(name: string): boolean {
  const shape = settingsSchema.shape as Record<string, { meta(): Record<string, unknown> | undefined } | undefined>;
  return shape[name]?.meta()?.secret === true;
}

/** Variables that start with DAYTRADE_ but are read by the tests, not by the platform. */
const ofTests = /^DAYTRADE_(?:TEST_\w+|TOOLS|CLUSTER_DIR|MSSQL_URL)$/;

function rejectUnknown(names: readonly string[]): void {
  const unknown = names.filter((name) => !(name in settingsSchema.shape) && !ofTests.test(name));
  if (unknown.length === 0) return;
  // The common prefix would hide which name is near.
  const known = Object.keys(settingsSchema.shape).map(settingKey);
  const named = unknown.map((name) => {
    const nearest = nearestName(settingKey(name), known);
    return nearest === undefined ? name : `${name} (did you mean ${settingNameOf(nearest)}?)`;
  });
  throw new DayTradeError('settings.invalid', `unknown setting ${named.join(', ')}; docs/settings.md lists them all`, {
    details: { unknown },
  });
}
