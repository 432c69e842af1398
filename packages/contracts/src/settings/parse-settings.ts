import { DayTradeError } from '@daytrade/errors';
import { allowedBy, expectationOf } from '../issue-words.ts';
import {
  type Environment,
  type FileSetting,
  faultsOfKeys,
  type GivenSetting,
  givenSettings,
  settingKey,
} from './setting-sources.ts';
import { isSet, secretsSetTwice } from './setting-types.ts';
import { type SettingName, type Settings, settingsSchema } from './settings.ts';
import { databaseAddress, objectsAddress, redisServer, withoutPassword } from './store-addresses.ts';

/**
 * Reads the settings out of an environment and a settings file, of which the environment comes first. Unknown variables
 * are ignored, except unknown ones named `DAYTRADE_*`; no unknown key of the file is. Settings that contradict one
 * another are refused as well, and so is a secret in the file.
 *
 * @param faultsOf describes further settings that do not go together
 * @throws DayTradeError `settings.invalid`, naming the variable, or file, line and key, its value (never of a secret)
 *   and what is allowed
 */
export function parseSettings(
  environment: Environment,
  fromFile: readonly FileSetting[] = [],
  faultsOf: (settings: Settings) => readonly string[] = () => [],
): Settings {
  const given = givenSettings(environment, fromFile);
  const faults = faultsOfKeys(fromFile, { names: Object.keys(settingsSchema.shape), isSecret });
  if (faults.length > 0) throw invalid(faults);
  rejectUnknown([...given.keys()]);
  const texts = Object.fromEntries([...given].map(([name, { text }]) => [name, text]));
  const parsed = settingsSchema.safeParse({ ...settingsThatFollow(texts), ...texts });
  const messages = parsed.success
    ? [...contradictionsIn(parsed.data), ...faultsOf(parsed.data)].map((message) =>
        message.replaceAll(/DAYTRADE_\w+/g, (name) => placed(name, given)),
      )
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
  return new DayTradeError('settings.invalid', messages.join('; '));
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
  const message = `unknown setting ${unknown.join(', ')}; docs/settings.md lists them all`;
  throw new DayTradeError('settings.invalid', message);
}

interface Rule {
  readonly broken: (settings: Settings) => boolean;
  readonly message: (settings: Settings) => string;
}

/** Settings of which each needs the others. */
const together: readonly (readonly SettingName[])[] = [
  ['DAYTRADE_KEY_VAULT_URL', 'DAYTRADE_KEY_VAULT_SECRETS'],
  ['DAYTRADE_TLS_CERTIFICATE_FILE', 'DAYTRADE_TLS_KEY_FILE'],
  ['DAYTRADE_NOTICE_WEBHOOK_URL', 'DAYTRADE_NOTICE_WEBHOOK_KEY'],
  ['DAYTRADE_NOTICE_SMTP_URL', 'DAYTRADE_NOTICE_MAIL_FROM', 'DAYTRADE_NOTICE_MAIL_TO'],
];

const needsDatabase = 'expected DAYTRADE_DATABASE_URL as well';

/** Settings that are each valid and do not go together. */
const rules: readonly Rule[] = [
  {
    broken: (is) => is.DAYTRADE_REDIS_URL !== undefined && is.DAYTRADE_DATABASE_URL === undefined,
    message: () =>
      `DAYTRADE_REDIS_URL: ${needsDatabase}, since processes that share a queue share the record of the runs`,
  },
  {
    broken: (is) => objectsAddress(is.DAYTRADE_OBJECTS).kind !== 'folder' && is.DAYTRADE_DATABASE_URL === undefined,
    message: (is) => `DAYTRADE_OBJECTS=${JSON.stringify(is.DAYTRADE_OBJECTS)}: ${needsDatabase}, or "folder"`,
  },
  {
    broken: (is) => {
      const { DAYTRADE_DATABASE_URL: url } = is;
      const database = url === undefined ? undefined : databaseAddress(url);
      const hasPassword = database?.password !== undefined || isSet(is, 'DAYTRADE_DATABASE_PASSWORD');
      return database?.authentication === 'password' && !hasPassword;
    },
    message: ({ DAYTRADE_DATABASE_URL: url }) =>
      'DAYTRADE_DATABASE_URL: expected DAYTRADE_DATABASE_PASSWORD as well, or the parameter ' +
      `authentication=${url?.startsWith('sqlserver') === true ? 'azure-entra' : 'aws-iam'}`,
  },
  ...(['DATABASE', 'REDIS'] as const).map(
    (store): Rule => ({
      broken: (is) => {
        const url = is[`DAYTRADE_${store}_URL`];
        const inUrl = url && (store === 'DATABASE' ? databaseAddress(url) : redisServer(url)).password;
        return inUrl !== undefined && isSet(is, `DAYTRADE_${store}_PASSWORD`);
      },
      message: () =>
        `DAYTRADE_${store}_URL, DAYTRADE_${store}_PASSWORD: expected the password in one of them, not in both`,
    }),
  ),
  ...together.map(
    (names): Rule => ({
      broken: (is) => new Set(names.map((name) => isSet(is, name))).size > 1,
      message: () =>
        `${names.join(', ')}: expected ${names.length === 2 ? 'both, or neither' : 'all of them, or none'}`,
    }),
  ),
  {
    broken: (is) => isSet(is, 'DAYTRADE_READ_TOKEN') && !isSet(is, 'DAYTRADE_TOKEN'),
    message: () => 'DAYTRADE_READ_TOKEN: expected DAYTRADE_TOKEN as well, with which requests change something',
  },
  {
    broken: (is) => is.DAYTRADE_READ_TOKEN !== undefined && is.DAYTRADE_READ_TOKEN === is.DAYTRADE_TOKEN,
    message: () => 'DAYTRADE_READ_TOKEN, DAYTRADE_TOKEN: expected two tokens that differ',
  },
  {
    broken: (is) => secretsSetTwice(is).length > 0,
    message: (is) =>
      secretsSetTwice(is)
        .map((name) => `${name}, ${name}_FILE: expected one of them, not both`)
        .join('; '),
  },
];

/** Returns a message for each contradiction; no message shows a secret. */
export function contradictionsIn(settings: Settings): readonly string[] {
  return rules.filter(({ broken }) => broken(settings)).map(({ message }) => message(settings));
}
