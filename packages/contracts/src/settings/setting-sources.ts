import { settingNameOf } from './setting-key.ts';

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

/** Where the value of a setting comes from. */
export type SettingSource =
  | { readonly from: 'default' | 'environment' }
  | ({ readonly from: 'file' } & Pick<FileSetting, 'file' | 'line'>);

/** The text of a setting, before it is checked, with where it comes from. */
export interface GivenSetting {
  readonly text: string;
  readonly source: Exclude<SettingSource, { from: 'default' }>;
  /** How a message names it: the variable, or file, line and key. */
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

/** How a message names a value of a settings file. */
export function labelOf({ file, line, key }: Omit<FileSetting, 'value'>): string {
  return `${file} line ${line}: ${key}`;
}

/** Where the value of each setting comes from; one that is not there has its default. */
export function settingSources(
  environment: Environment,
  fromFile: readonly FileSetting[],
): ReadonlyMap<string, SettingSource> {
  return new Map([...givenSettings(environment, fromFile)].map(([name, { source }]) => [name, source]));
}
