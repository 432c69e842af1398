import { expect, it } from 'vitest';
import japanese from './report.ja.json' with { type: 'json' };
import { dailyTexts, tearSheetTexts } from './texts.ts';

const valuesOf = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted((a, b) => (a < b ? -1 : 1));

it.each([
  ['the daily report', dailyTexts, japanese.daily],
  ['the tear sheet', tearSheetTexts, japanese.tearSheet],
])('has the texts of %s in Japanese, with their values', (_, english, translated: Readonly<Record<string, string>>) => {
  expect(Object.keys(translated)).toEqual(Object.keys(english));
  for (const [key, text] of Object.entries(english)) {
    // The reason of a halt is in English.
    const values = valuesOf(text).filter((name) => key !== 'halted' || name !== 'reason');
    expect(valuesOf(translated[key]!), key).toEqual(values);
  }
});
