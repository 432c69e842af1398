import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { english } from './english.ts';
import { japanese } from './japanese.ts';
import { problemsInJapanese } from './problems-in-japanese.ts';

type Entry = string | ((...values: never[]) => string);
const entries = Object.entries(english) as readonly (readonly [keyof typeof english, Entry])[];
const sources = globSync('**/*.{ts,tsx}', { cwd: join(import.meta.dirname, '..') })
  .filter((file) => !file.startsWith('i18n/') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
  .join('\n');

it('every problem of a service has its words in Japanese', () => {
  expect(Object.keys(problemsInJapanese).sort()).toEqual([...Object.keys(errorCodes), 'page.no-answer'].sort());
});

it.each(['data.provider-forbidden', 'data.provider-throttled', 'data.provider-reply-invalid'] as const)(
  'what to do after %s is said for each provider on the network, in both languages',
  (code) => {
    for (const { remedy } of [errorCodes[code], problemsInJapanese[code]]) {
      expect(remedy).toMatch(/JQUANTS.*yahoo/is);
    }
  },
);

describe('the dictionaries', () => {
  it('have the same keys in the same order', () => {
    expect(Object.keys(japanese)).toEqual(Object.keys(english));
  });

  it('say something under every key', () => {
    for (const [key] of entries) {
      for (const value of [english[key], japanese[key]]) {
        if (typeof value === 'string') expect(value.trim(), key).not.toBe('');
      }
    }
  });

  it('call 的中率 in Japanese what is said of directions alone, and 被覆率 what is said of intervals', () => {
    for (const [key] of entries) {
      const words = String(japanese[key]);
      if (words.includes('的中')) expect(words, key).toContain('方向的中率');
      if (/coverage(?:60|250)?$/i.test(key)) expect(words, key).not.toContain('的中');
    }
    expect([japanese['card.coverage'], japanese['column.coverage'], japanese['accuracy.coverage']]).toEqual([
      '区間の被覆率',
      '被覆率',
      '被覆率',
    ]);
  });

  it('use every value that a phrase is given, in both languages', () => {
    for (const [key, value] of entries) {
      if (typeof value === 'string') continue;
      const compose = japanese[key] as Entry;
      expect(typeof compose, key).toBe('function');
      if (typeof compose === 'function') expect(compose.length, key).toBe(value.length);
    }
  });

  it('hold no text that the page does not show', () => {
    const templates = [...sources.matchAll(/`([a-z][\w.-]*\.)\$\{[^}]+\}([\w.]*)`/gi)].map(
      ([, start = '', end = '']) => ({ start, end }),
    );
    const unused = entries
      .map(([key]) => key)
      .filter((key) => !sources.includes(`'${key}'`))
      .filter((key) => !templates.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)));
    expect(unused).toEqual([]);
  });
});
