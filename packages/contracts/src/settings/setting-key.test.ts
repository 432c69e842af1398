import { expect, it } from 'vitest';
import { settingsSchema } from '../settings.ts';
import { settingKey } from './setting-key.ts';

it('no key of a setting is the section of another: TOML could not have both', () => {
  const keys = Object.keys(settingsSchema.shape).map(settingKey);
  expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
});
