import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, settingsSchema } from '@daytrade/contracts';
import { featureDefinitions } from '@daytrade/series';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { everyCommand } from '../define-command.ts';
import { facts, table } from '../output/table.ts';
import { loadProgram } from '../program.ts';
import { sayUsageError } from './help.ts';
import { japaneseTexts, say, speak, translated } from './language.ts';

const texts = await japaneseTexts();
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

afterEach(() => speak('en'));

/** Names of values in a text, `{0}` and so on. */
const valuesOf = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([value]) => value).sort();

it('says a text with its values in the chosen language, and in English where the other lacks it', async () => {
  const words = () => say`${3} min ${'05'} s`;
  expect(words()).toBe('3 min 05 s');
  await speak('ja');
  expect(words()).toBe('3 分 05 秒');
  expect(say`no such text of ${'a'}`).toBe('no such text of a');
});

describe('the Japanese texts', () => {
  it('have the values of the English ones, in one file each', () => {
    for (const [english, text] of Object.entries(texts)) expect(valuesOf(text), english).toEqual(valuesOf(english));
    const files = globSync(join(import.meta.dirname, '*.ja.json')).map((file) => readFileSync(file, 'utf8'));
    const keys = files.flatMap((file) => Object.keys(JSON.parse(file)));
    expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
  });

  it('have every text of the help, in lines that fit', async () => {
    await speak('ja');
    const program = await loadProgram([], async () => undefined);
    for (const command of everyCommand(program)) {
      const { description } = command.options.find((option) => !japanese.test(option.description)) ?? {};
      expect(description, command.name()).toBeUndefined();
      for (const paragraph of command.description().split('\n\n')) expect(paragraph).toMatch(japanese);
      expect(command.summary() || command.description()).toMatch(japanese);
    }
  });

  const source = globSync('**/*.ts', { cwd: join(import.meta.dirname, '..') })
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('language'))
    .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
    .join('\n');

  it('have every text that a command says', () => {
    const said = [...source.matchAll(/\bsay`((?:\$\{(?:[^{}`]|\{[^{}]*\}|`[^`]*`)*\}|[^`$])*)`/g)].map(
      ([, text = '']) => {
        let at = 0;
        return text.replaceAll(/\$\{(?:[^{}`]|\{[^{}]*\}|`[^`]*`)*\}/g, () => `{${at++}}`).replaceAll('\\n', '\n');
      },
    );
    expect(said.filter((text) => !(text in texts))).toEqual([]);
  });

  it('have every title of a table, label of a fact, and noun of a number', () => {
    const tables = [...source.matchAll(/\btable\(\s*[^{}]*?,\s*\{(.*?)\n +\}/gs)].map(([, columns]) => columns);
    const titles = tables.join('\n').matchAll(/^ +(?:'(?<quoted>[^']+)'|(?<title>\w+)): (?:right\(|\(|\w+,)/gm);
    const labels = source.matchAll(/\['  (?<label>[^']+)',/g);
    const nouns = source.matchAll(/\bquantity\((?:[^()]|\([^()]*\))*?, '(?<noun>[^']+)'/g);
    const words = [...titles, ...labels, ...nouns].flatMap(({ groups = {} }) => Object.values(groups));
    const unsaid = words.filter((word) => word !== undefined && !(word in texts));
    expect(new Set(unsaid)).toEqual(new Set(['#', 'RTO', 'RPO', 'chars']));
  });

  it('have the words that services answer with', () => {
    const said = /^(status|trigger|severity|phase|action|state|side|type|why|account|priceBasis)$/;
    const { runs, models, paperOrders, paperFills, paperBook, quarantine, sessions } = routes;
    const words: string[] = [];
    for (const { answers } of [runs, models, paperOrders, paperFills, paperBook, quarantine, sessions]) {
      JSON.stringify(
        z.toJSONSchema(answers[200], { unrepresentable: 'any' }),
        (name, value: { enum?: string[] } | undefined) => {
          if (said.test(name)) words.push(...(value?.enum ?? []));
          return value;
        },
      );
    }
    expect(words).toContain('timed-out');
    expect(words.filter((word) => !(word in texts))).toEqual([]);
  });

  it('have what each feature is', async () => {
    await speak('ja');
    for (const { description } of featureDefinitions) expect(translated(description)).toMatch(japanese);
  });

  it('have every setting with its unit', async () => {
    await speak('ja');
    for (const schema of Object.values(settingsSchema.shape)) {
      const { description, unit = 'choice' } = schema.meta() as { description: string; unit?: string };
      expect(translated(description)).toMatch(japanese);
      expect(` (${unit})` in texts, unit).toBe(true);
    }
  });
});

it.each([
  [
    "error: unknown command 'halp'\n(Did you mean halt?)",
    'エラー: 「halp」というコマンドはありません\n（もしかして halt ですか?）',
  ],
  ['(Did you mean one of halt, help?)', '（もしかして halt, help のどれかですか?）'],
])('says %j of commander in Japanese', async (english, spoken) => {
  expect(sayUsageError(english)).toBe(english);
  await speak('ja');
  expect(sayUsageError(english)).toBe(spoken);
});

it('aligns tables and facts whose titles are Japanese', async () => {
  await speak('ja');
  expect(table([{ symbol: '7203' }], { symbol: ({ symbol }) => symbol, bars: () => 3 })).toBe('銘柄  足\n7203  3');
  expect(
    facts([
      ['  symbol', '7203'],
      ['  bars', '3'],
    ]),
  ).toBe('  銘柄  7203\n  足    3');
});
