import { withoutPassword } from './store-addresses.ts';

const prefix = 'DAYTRADE_';

/**
 * Returns the key of a setting in a file: without `DAYTRADE_`, in small letters, the first word as the section.
 *
 * @example settingKey('DAYTRADE_JQUANTS_API_KEY_FILE') // 'jquants.api_key_file'
 */
export function settingKey(name: string): string {
  return name.slice(prefix.length).toLowerCase().replace('_', '.');
}

/**
 * The setting that a key of a settings file means. A dot and an underscore are the same, so that `[worker] min`,
 * `worker.min` and `worker_min` are one setting; that it exists is not checked.
 *
 * @example settingNameOf('jquants.plan') // 'DAYTRADE_JQUANTS_PLAN'
 */
export function settingNameOf(key: string): string {
  return `${prefix}${key.replaceAll('.', '_').toUpperCase()}`;
}

/** A value of a settings file, with the place where it stands. */
export interface FileSetting {
  /** As written there, with its sections: `jquants.plan`. */
  readonly key: string;
  /** As an environment variable would have it. */
  readonly value: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export type SettingSource =
  | { readonly from: 'default' | 'environment' }
  | ({ readonly from: 'file' } & Pick<FileSetting, 'file' | 'line'>);

/** The text of a setting, before it is checked, with where it comes from. */
export interface GivenSetting {
  readonly text: string;
  readonly source: Exclude<SettingSource, { from: 'default' }>;
  /** Name in messages: the variable, or file, line and key. */
  readonly label: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every setting that is given, by its name: the environment comes before the settings file. An empty text is as if it
 * were not given.
 */
export function givenSettings(
  environment: Environment,
  fromFile: readonly FileSetting[],
): ReadonlyMap<string, GivenSetting> {
  const given = new Map<string, GivenSetting>();
  for (const setting of fromFile) {
    const { key, value, file, line } = setting;
    const source = { from: 'file', file, line } as const;
    if (value !== '') given.set(settingNameOf(key), { text: value, source, label: labelOf(setting) });
  }
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('DAYTRADE_') || text === undefined || text === '') continue;
    given.set(name, { text, source: { from: 'environment' }, label: name });
  }
  return given;
}

/** Returns the name of a file's value in messages. */
export function labelOf({ file, line, key }: Omit<FileSetting, 'value'>): string {
  return `${file} line ${line}: ${key}`;
}

/** Source of each setting's value; a setting without an entry has its default. */
export function settingSources(
  environment: Environment,
  fromFile: readonly FileSetting[],
): ReadonlyMap<string, SettingSource> {
  return new Map([...givenSettings(environment, fromFile)].map(([name, { source }]) => [name, source]));
}

/** Which settings there are, and which of them are secrets. */
export interface KnownSettings {
  readonly names: readonly string[];
  readonly isSecret: (name: string) => boolean;
}

/** The environment says where the settings file is, which the file cannot. */
export const onlyInTheEnvironment: readonly string[] = ['DAYTRADE_HOME', 'DAYTRADE_SETTINGS_FILE'];

/** Returns a message for each faulty key of a settings file, without any value. */
export function faultsOfKeys(fromFile: readonly FileSetting[], known: KnownSettings): readonly string[] {
  const seen = new Map<string, FileSetting>();
  return fromFile.flatMap((setting) => {
    const name = settingNameOf(setting.key);
    const before = seen.get(name);
    seen.set(name, setting);
    const fault = before === undefined ? faultOf(setting, name, known) : `it stands at line ${before.line} already`;
    return fault === undefined ? [] : [`${labelOf(setting)}: ${fault}`];
  });
}

function faultOf({ value }: FileSetting, name: string, { names, isSecret }: KnownSettings): string | undefined {
  if (onlyInTheEnvironment.includes(name)) return 'expected it in the environment, since it says which file is read';
  if (!names.includes(name)) return 'there is no such setting; docs/settings.md lists them all';
  if (withoutPassword(value) !== value) return 'expected no password in the address; it belongs in the environment';
  return isSecret(name) ? secretInFile(name, names) : undefined;
}

function secretInFile(name: string, names: readonly string[]): string {
  const file = `${name}_FILE`;
  const byFile = names.includes(file)
    ? `put it into a file that only you can read (chmod 600) and name that file as ${settingKey(file)}, or set it`
    : 'set it';
  return `a secret does not belong in this file, which is shown and copied: ${byFile} in the environment as ${name}`;
}
