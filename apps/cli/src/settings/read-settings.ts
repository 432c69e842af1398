import { join, resolve } from 'node:path';
import { parseSettings, type Settings, secretsOfStart, settingSources } from '@daytrade/contracts';
import { readSecret } from '@daytrade/contracts/secrets';
import { DayTradeError } from '@daytrade/errors';
import { faultsOfProvider } from '@daytrade/market-data';
import { trustAuthority } from '@daytrade/service/client';
import type { CommandContext, CommandGlobals } from '../define-command.ts';
import { type Language, languageOfMachine } from '../language/language.ts';
import { programName } from '../program-name.ts';
import { withKeyVaultSecrets } from './key-vault.ts';
import { readSettingsFile } from './settings-file.ts';

const cloneRoot = join(import.meta.dirname, '..', '..', '..', '..');

export type ReadSettings = Pick<CommandContext, 'settings' | 'settingSources' | 'settingsFile'>;

/**
 * Returns the settings of a command: from the environment, then the settings file, then defaults. Secrets come from Key
 * Vault or from files where the settings name them.
 *
 * The settings file is `DAYTRADE_SETTINGS_FILE`, else `day-trade.toml` of the clone. A relative state folder belongs to
 * the clone too, but that of `--state-dir` to the working directory. An unpacked archive sets `DAYTRADE_HOME`. That
 * folder takes the place of the clone, so that the next version finds both.
 *
 * @throws DayTradeError `settings.invalid`
 */
export async function readSettings(
  environment: Environment,
  globals: Pick<CommandGlobals, 'stateDir' | 'writesSettings'>,
): Promise<ReadSettings> {
  const named = environment.DAYTRADE_SETTINGS_FILE || undefined;
  const home = homeOf(environment);
  const settingsFile = settingsFileOf(environment);
  const file = await readSettingsFile(settingsFile);
  if (file === undefined && named !== undefined && globals.writesSettings !== true) throw isMissing(settingsFile);
  const fromFile = file?.settings ?? [];
  const completed = await withKeyVaultSecrets(environment, fromFile);
  const settings = await withSecretFiles(parseSettings(completed, fromFile, faultsOfProvider));
  trustAuthority(settings);
  return {
    settings: {
      ...settings,
      DAYTRADE_STATE_DIR: stateFolder(home, settings, globals.stateDir),
      DAYTRADE_USER_FOLDER: resolve(home, settings.DAYTRADE_USER_FOLDER),
    },
    settingSources: settingSources(completed, fromFile),
    settingsFile,
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

function homeOf({ DAYTRADE_HOME: home }: Environment): string {
  return resolve(home || cloneRoot);
}

function settingsFileOf(environment: Environment): string {
  const named = environment.DAYTRADE_SETTINGS_FILE;
  return named ? resolve(named) : join(homeOf(environment), 'day-trade.toml');
}

/** Returns the language of the settings; that of the machine where they name none, or cannot be read. */
export async function languageOfSettings(environment: Environment): Promise<Language> {
  const chosen = environment.DAYTRADE_LANGUAGE || (await languageInFile(settingsFileOf(environment)));
  if (!chosen) return languageOfMachine();
  return chosen.startsWith('ja') ? 'ja' : 'en';
}

async function languageInFile(path: string): Promise<string | undefined> {
  const file = await readSettingsFile(path).catch(() => undefined);
  return file?.settings.find(({ key }) => key === 'language')?.value;
}

/** Reads the secrets of a start from their files, where NAME_FILE names one. */
async function withSecretFiles(settings: Settings): Promise<Settings> {
  const read = secretsOfStart.map(async (name) => [name, await readSecret(settings, name)] as const);
  return { ...settings, ...Object.fromEntries(await Promise.all(read)) };
}

function stateFolder(home: string, { DAYTRADE_STATE_DIR: folder }: Settings, given: string | undefined): string {
  return given === undefined ? resolve(home, folder) : resolve(given);
}

function isMissing(path: string): DayTradeError {
  const expected = `expected a file that exists; ${programName} setup writes one`;
  return new DayTradeError('settings.invalid', `DAYTRADE_SETTINGS_FILE=${JSON.stringify(path)}: ${expected}`);
}
