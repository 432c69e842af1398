import { nearestName } from '../nearest-name.ts';
import { settingKey, settingNameOf } from './setting-key.ts';
import { type FileSetting, labelOf } from './setting-sources.ts';
import { withoutPassword } from './store-addresses.ts';

/** Which settings there are, and which of them are secrets. */
export interface KnownSettings {
  readonly names: readonly string[];
  readonly isSecret: (name: string) => boolean;
}

/** The environment says where the settings file is, which the file cannot. */
export const onlyInTheEnvironment: readonly string[] = ['DAYTRADE_HOME', 'DAYTRADE_SETTINGS_FILE'];

/** What is wrong with the keys of a settings file, one message each, without any value. */
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

function faultOf({ key, value }: FileSetting, name: string, { names, isSecret }: KnownSettings): string | undefined {
  if (onlyInTheEnvironment.includes(name)) return 'expected it in the environment, since it says which file is read';
  if (!names.includes(name)) return unknownKey(key, names);
  if (withoutPassword(value) !== value) return 'expected no password in the address; it belongs in the environment';
  return isSecret(name) ? secretInFile(name, names) : undefined;
}

function unknownKey(key: string, names: readonly string[]): string {
  const keys = names.filter((name) => !onlyInTheEnvironment.includes(name)).map(settingKey);
  const nearest = nearestName(key.toLowerCase().replace(/^daytrade[._]/, ''), keys);
  return nearest === undefined
    ? `there is no such setting; docs/settings.md lists them: ${keys.join(', ')}`
    : `there is no such setting; did you mean ${nearest}?`;
}

function secretInFile(name: string, names: readonly string[]): string {
  const file = `${name}_FILE`;
  const byFile = names.includes(file)
    ? `put it into a file that only you can read (chmod 600) and name that file as ${settingKey(file)}, or set it`
    : 'set it';
  return `a secret does not belong in this file, which is shown and copied: ${byFile} in the environment as ${name}`;
}
