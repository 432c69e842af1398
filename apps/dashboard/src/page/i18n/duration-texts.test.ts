import { beforeAll, expect, it, vi } from 'vitest';

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'en' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});

it.each([
  [0.85, '850 ms', '850ミリ秒'],
  [9.44, '9.4 s', '9.4秒'],
  [41, '41 s', '41秒'],
  [185, '3 min 05 s', '3分5秒'],
  [59.9, '60 s', '60秒'],
  [4800, '1 h 20 min', '1時間20分'],
])('says a duration of %d seconds as %s and %s', async (seconds, english, japanese) => {
  const { language } = await import('./language.ts');
  const { durationLabel } = await import('./duration-texts.ts');
  language.value = 'en';
  expect(durationLabel(seconds)).toBe(english);
  language.value = 'ja';
  expect(durationLabel(seconds)).toBe(japanese);
});
