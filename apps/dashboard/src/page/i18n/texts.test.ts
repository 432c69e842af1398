import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { TextKey } from './language.ts';
import japanese from './page.ja.json' with { type: 'json' };

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'en' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});

const page = join(import.meta.dirname, '..');
let texts: readonly (readonly [key: string, english: string, japanese: string])[];
let language: typeof import('./language.ts');
beforeAll(async () => {
  language = await import('./language.ts');
  texts = Object.entries(language.texts).map(([key, english]) => [key, english, japanese[key as TextKey]]);
});

const valuesOf = (text: string) => new Set([...text.matchAll(/\{(?!promise\})(\w+)/g)].map(([, name]) => name));

describe('the texts of the page', () => {
  it('are not empty, and have the same values in both languages', () => {
    for (const [key, english, japanese] of texts) {
      expect([english.trim(), japanese.trim()], key).not.toContain('');
      expect(valuesOf(japanese), key).toEqual(valuesOf(english));
    }
  });

  it('have no Japanese without an English one', () => {
    expect(Object.keys(japanese).sort()).toEqual(texts.map(([key]) => key).sort());
  });

  it('are all shown somewhere', () => {
    const sources = globSync('**/*.{ts,tsx}', { cwd: page })
      .filter((file) => !file.startsWith('i18n/texts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(page, file), 'utf8'))
      .join('\n');
    const templates = [...sources.matchAll(/`([a-z][\w.-]*\.)\$\{[^}]+\}([\w.]*)`/gi)];
    const isShown = (key: string) =>
      sources.includes(`'${key}'`) ||
      templates.some(([, start = '', end = '']) => key.startsWith(start) && key.endsWith(end));
    expect(texts.filter(([key]) => !isShown(key))).toEqual([]);
  });

  it('call 的中率 in Japanese the hits of a direction alone, and 被覆率 those of an interval', () => {
    for (const [key, , japanese] of texts) {
      if (japanese.includes('的中')) expect(japanese, key).toContain('方向的中率');
      if (/coverage(?:60|250)?$/i.test(key)) expect(japanese, key).not.toContain('的中');
    }
  });

  it.each([
    ['en', 'not beat its costs', 'may be luck'],
    ['ja', 'コストに勝っていません', '偶然'],
  ] as const)('claim no profit of a paper book, in %s', (shown, loses, luck) => {
    const said = { net: '+12,000', sessions: 3 };
    language.language.value = shown;
    expect(language.text('paper.verdict.loses', said)).toContain(loses);
    expect(language.text('paper.verdict.open', said)).toContain(luck);
  });
});

it.each([
  [1, '1 session behind', '1 立会日遅れ'],
  ['2', '2 sessions behind', '2 立会日遅れ'],
])('puts %s into a text, with the plural of its noun', (sessions, english, japanese) => {
  language.language.value = 'en';
  expect(language.text('card.data.behind', { sessions })).toBe(english);
  language.language.value = 'ja';
  expect(language.text('card.data.behind', { sessions })).toBe(japanese);
});
