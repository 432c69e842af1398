import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';
import { expectationOf } from './issue-words.ts';
import { contradictionsIn } from './settings/contradictions.ts';
import { type SettingName, type Settings, settingsSchema } from './settings.ts';

/**
 * Reads the settings out of an environment; unknown variables are ignored, except unknown ones named `DAYTRADE_*`.
 * Settings that contradict one another are refused as well.
 *
 * @throws DayTradeError `settings.invalid`, naming the variable, its value (never of a secret) and what is allowed
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const own = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name.startsWith('DAYTRADE_') && value !== undefined && value !== '',
    ),
  );
  rejectUnknown(Object.keys(own));
  const parsed = settingsSchema.safeParse(own);
  const messages = parsed.success
    ? contradictionsIn(parsed.data)
    : parsed.error.issues.map((issue) => {
        const name = issue.path[0] as SettingName;
        const shown = isSecret(name) ? '(hidden)' : JSON.stringify(own[name]);
        return `${name}=${shown}: ${valuesOf(name) ?? expectationOf(issue)}`;
      });
  if (parsed.success && messages.length === 0) return parsed.data;
  throw new DayTradeError('settings.invalid', messages.join('; '), { details: { settings: messages } });
}

/** What a number, a choice or a switch may be; undefined for a text, of which the rule that was broken says more. */
function valuesOf(name: SettingName): string | undefined {
  const setting = z.toJSONSchema(settingsSchema.shape[name], { unrepresentable: 'any' });
  const { type, enum: choices, minimum, maximum } = setting;
  if (choices !== undefined) return `expected one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
  if (type === 'boolean') return 'expected true or false';
  if (type === 'integer') return `expected a whole number from ${minimum} to ${maximum}`;
  return type === 'number' ? `expected a number from ${minimum} to ${maximum}` : undefined;
}

/** True for a setting whose value must never be shown. */
export function isSecret(name: string): boolean {
  const shape = settingsSchema.shape as Record<string, { meta(): Record<string, unknown> | undefined } | undefined>;
  return shape[name]?.meta()?.secret === true;
}

/** Variables that start with DAYTRADE_ but are read by the tests or the launcher, not by the platform. */
const foreign = new Set(['DAYTRADE_TEST_DATA', 'DAYTRADE_CLUSTER_DIR']);

function rejectUnknown(names: readonly string[]): void {
  const unknown = names.filter((name) => !(name in settingsSchema.shape) && !foreign.has(name));
  if (unknown.length === 0) return;
  throw new DayTradeError(
    'settings.invalid',
    `unknown setting ${unknown.join(', ')}; the settings are ${Object.keys(settingsSchema.shape).join(', ')}`,
    { details: { unknown } },
  );
}
