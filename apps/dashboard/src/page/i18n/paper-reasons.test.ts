import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { paperInEnglish } from './paper-in-english.ts';
import { paperInJapanese } from './paper-in-japanese.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');
const sourceOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** Why orders, sessions and books end, out of the sources: with 71234 in the place of each figure. */
function writtenReasons(): readonly string[] {
  const sources = globSync('packages/trading/src/paper/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const lines = [...sources, 'packages/contracts/src/paper.ts']
    .flatMap((file) => sourceOf(file).split('\n'))
    .filter((line) => /\breason\b|\bnone\(|haltBook\(book, /.test(line) && !line.includes('description'));
  return lines
    .map((line) => line.replace(/\$\{synthetic [^}]*\}/, 'synthetic'))
    .flatMap((line) => [...line.matchAll(/'([^']*)'|`([^`]*)`/g)].map(([, text, template]) => text ?? template ?? ''))
    .map((text) => text.replaceAll(/\$\{[^}]*\breason\}/g, 'halted by hand').replaceAll(/\$\{[^}]*\}/g, '71234'))
    .filter((text) => text === 'halted' || (text.includes(' ') && !text.startsWith('71234')));
}

/** The names that refused orders of a paper book are counted under, out of the sources: its limits among them. */
function writtenRefusals(): readonly string[] {
  const gate = sourceOf('packages/trading/src/backtest/order-gate.ts');
  const limits =
    /\.\.\.withoutLimits, (.*) \}/.exec(sourceOf('packages/trading/src/paper/book-settings.ts'))?.[1] ?? '';
  const refused = [...gate.matchAll(/refuse\(([^)]*)\)/g)].flatMap(([, given = '']) =>
    [...given.matchAll(/'([a-z -]+)'/g)].map(([, name = '']) => name),
  );
  return [
    ...refused.filter((name) => name !== 'sell' && name !== 'cash'),
    ...[...limits.matchAll(/(\w+):/g)].map(([, name = '']) => name),
  ];
}

const english = /(?<!\w)(?!JST\b)[A-Za-z]{2,}/;
let texts: typeof import('./paper-reasons.ts');
let shown: typeof import('./language.ts')['language'];

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'ja' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  texts = await import('./paper-reasons.ts');
  ({ language: shown } = await import('./language.ts'));
  shown.value = 'ja';
});
afterAll(() => {
  shown.value = 'ja';
});

describe('a paper book in Japanese', () => {
  it('has no English left in any of its texts', () => {
    const said = Object.values(paperInJapanese).map((value) =>
      typeof value === 'string' ? value : (value as (...values: unknown[]) => string)('1', '2', '3'),
    );
    expect(said.length).toBe(Object.keys(paperInEnglish).length);
    expect(said.filter((words) => english.test(words))).toEqual([]);
  });

  it('knows every reason that the platform writes', () => {
    const reasons = writtenReasons();
    expect(reasons).toEqual(expect.arrayContaining(['halted', 'sent after the open', 'a session lost 71234 yen']));
    expect(new Set(reasons).size).toBeGreaterThan(9);
    const said = reasons.filter((reason) => reason !== 'released by hand').map((reason) => texts.paperReason(reason));
    expect(said.filter(({ label, quoted }) => quoted !== null || english.test(label))).toEqual([]);
    expect(texts.paperReason('halted: a session lost 312345 yen')).toEqual({
      label: '停止: 1 立会日で 312,345 円の損失',
      quoted: null,
    });
  });

  it('knows every name that the gate counts refused orders under', () => {
    const names = writtenRefusals();
    expect(names).toEqual(expect.arrayContaining(['money', 'short in cash', 'halted', 'position', 'dailyLoss']));
    expect(names.map(texts.refusalLabel).filter((label) => english.test(label))).toEqual([]);
  });

  it('leaves what somebody wrote as it was written', () => {
    expect(texts.paperReason('bars look wrong')).toEqual({ label: '', quoted: 'bars look wrong' });
    expect(texts.paperReason('halted: bars look wrong')).toEqual({ label: '停止', quoted: 'bars look wrong' });
  });

  it('says in English what the platform wrote', () => {
    shown.value = 'en';
    expect(texts.paperReason('the session has lost 312345 yen').label).toBe('the session has lost 312,345 yen');
    expect(texts.refusalLabel('same money')).toBe('same money twice');
    expect(texts.refusalLabel('a new one')).toBe('a new one');
    shown.value = 'ja';
  });
});

describe('what is said of a book after costs', () => {
  it.each([
    ['en', paperInEnglish, 'not beat its costs', 'may be luck'],
    ['ja', paperInJapanese, 'コストに勝っていません', '偶然'],
  ] as const)('claims nothing, in %s', (_, words, loses, luck) => {
    expect(words['paper.verdict.loses']('−12,000', 3)).toContain(loses);
    expect(words['paper.verdict.open']('+12,000', 3)).toContain(luck);
  });
});
