import { expect, it } from 'vitest';
import { isSecret } from './parse-settings.ts';
import { settingKey } from './setting-sources.ts';
import { settingsSchema } from './settings.ts';

it('no key of a setting that a file may have is the section of another: TOML could not have both', () => {
  const keys = Object.keys(settingsSchema.shape)
    .filter((name) => !isSecret(name))
    .map(settingKey);
  expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
});
