import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noisePanel } from '@daytrade/series/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OwnFiles } from './own-files.ts';
import { ownMembers, withOwnColumns, withOwnMembers } from './own-models.ts';
import { askProcess } from './own-process.ts';

const panel = noisePanel({ symbolCount: 4, sessionCount: 90, seed: 5, missingShare: 0.05 });
const fileOf = (name: string, source: string) => ({
  name,
  source,
  hash: createHash('sha256').update(source).digest('hex'),
});
const feature = (values: string, before = '') =>
  fileOf('mine', `${before}\nexport default { summary: 'a test', values: ${values} };\n`);
const audit = (values: string, before = '') =>
  askProcess({ kind: 'features', file: feature(values, before), panel, audit: true });

/** Values that know later bars, each by another mistake. */
const planted = {
  'the next close': '({ close }) => close.map((_, t) => close[t + 1])',
  'the next open': '({ open, close }) => close.map((price, t) => open[t + 1] / price)',
  'the close after next': '({ close }) => close.map((_, t) => close[t + 2] ?? 0)',
  'the next volume': '({ volume }) => volume.map((_, t) => volume[t + 1])',
  'the next range': '({ high, low }) => high.map((_, t) => high[t + 1] / low[t + 1])',
  'the last close': '({ close }) => close.map((price) => price / close.at(-1))',
  'the mean of all': '({ close }) => close.map((price) => price - close.reduce((a, b) => a + b) / close.length)',
  'the highest of all': '({ high }) => high.map((price) => price / Math.max(...high))',
  'the lowest of all': '({ low }) => low.map((price) => price / Math.min(...low))',
  'the median of all': '({ close }) => close.map((price) => price / close.toSorted()[close.length >> 1])',
  'ranks among all': '({ volume }) => volume.map((one) => volume.filter((other) => other < one).length)',
  'the deviation of all':
    '({ close }) => { const m = close.reduce((a, b) => a + b) / close.length;' +
    ' const s = Math.sqrt(close.reduce((a, b) => a + (b - m) ** 2, 0) / close.length);' +
    ' return close.map((price) => price / s); }',
  'a centred mean': '({ close }) => close.map((_, t) => (close[t - 1] + close[t] + close[t + 1]) / 3)',
  'a mean of what follows': '({ close }) => close.map((_, t) => close.slice(t, t + 5).reduce((a, b) => a + b) / 5)',
  'a fill from behind': '({ close }) => close.map((price, t) => (t % 7 === 0 ? close[t + 1] : price))',
  'sums from the end':
    '({ volume }) => volume.toReversed().map((v, t, all) => all.slice(0, t).length + v).toReversed()' +
    '.map((v, t, all) => v + all.length)',
  'the count of bars': '({ close }) => close.map((_, t) => t / close.length)',
  'a place left out': '({ close }) => [...close.slice(1), NaN]',
  'a local peak': '({ high }) => high.map((one, t) => (one > high[t - 1] && one > high[t + 1] ? 1 : 0))',
  'the longest seen':
    '({ close }) => { if (close.length > seen.length) seen = close; return close.map((_, t) => seen[t + 1]); }',
};

it('finds 20 planted look-aheads in files of features', { tags: ['long'], timeout: 120_000 }, async () => {
  expect(Object.keys(planted)).toHaveLength(20);
  for (const [mistake, values] of Object.entries(planted)) {
    await expect(audit(values, 'let seen = [];'), mistake).rejects.toThrow(
      /^features\/mine\.ts: for 000\d on 2011-\d\d-\d\d it is .* from the bars up to then, and .* with later ones$/,
    );
  }
});

describe('a feature in a file', () => {
  it('is the column after those of the platform, of the bars alone', () => {
    const [before, after] = ['({ close }) => close.map((price, t) => price / close[t - 1])', '({ close }) => close'];
    const { own } = withOwnColumns(panel, [feature(before), fileOf('other', feature(after).source)], true);
    expect(own?.map(({ name }) => name)).toEqual(['mine', 'other']);
    expect(own?.[1]?.values).toEqual(panel.close);
  });

  it.each([
    ['reads another file', '() => readFileSync("/etc/hosts")', "import { readFileSync } from 'node:fs';"],
    ['starts a program', '() => spawnSync("id")', "import { spawnSync } from 'node:child_process';"],
  ])('is refused where it %s', async (_, values, imports) => {
    await expect(audit(values, imports)).rejects.toThrow(
      /^features\/mine\.ts:\d+: a file reads no other file and starts no program/,
    );
  });

  it.each([
    ['gives too few values', '({ close }) => close.slice(1)', '', /values: one for each of the \d+ bars, got \d+/],
    [
      'knows nothing',
      '({ close }) => close.map(() => NaN)',
      '',
      /values that are numbers; all \d+ of a symbol are NaN/,
    ],
    ['is one number', '({ close }) => close.map(() => 3)', '', /values that differ; all \d+ are 3$/],
    ['throws', '() => nothing()', '', /^features\/mine\.ts:2: nothing is not defined$/],
    ['is not TypeScript', '() =>', '', /^features\/mine\.ts:\d: Expression expected$/],
    ['imports', '() => 1', "import 'lodash';", /"lodash": a file imports nothing but modules of Node\.js$/],
    ['ends its process', '() => process.exit(3)', '', /^features\/mine\.ts: its process ended \(3\)/],
  ])('is refused where it %s, with its file and line', async (_, values, before, message) => {
    await expect(audit(values, before)).rejects.toThrow(message);
  });
});

describe('files of features and members', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-models-'));
    await mkdir(join(folder, 'features'));
    await writeFile(join(folder, 'features', 'empty.ts'), 'export const nothing = 1;\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are found by name, and listed with what is wrong', async () => {
    const [features, members] = [new OwnFiles(folder, 'features'), new OwnFiles(folder, 'members')];
    await expect(features.find('emty')).rejects.toThrow(/^features: there is no emty in .*; there are empty$/);
    await expect(members.find('mine')).rejects.toThrow(/; there are none$/);
    await expect(members.find('ridge')).rejects.toThrow('expected another name: the platform has this one');
    expect((await features.list()).map(({ fault }) => fault)).toEqual([
      expect.stringMatching(/^features\/empty\.ts: expected a default export with summary/),
    ]);
  });
});

describe('a member in a file', () => {
  const member = (predict: string) =>
    fileOf('mine', `export default () => ({ summary: 'a test', train: () => 2, predict: ${predict} });\n`);
  const rows = { names: ['close-place'], rows: 3, values: Float32Array.of(1, 2, 3) };
  let state: Uint8Array;
  beforeAll(() => {
    state = ownMembers.train(member('() => []'), rows, Float64Array.of(1, 2, 3), 1);
  });
  const predictBy = (predict: string) =>
    ownMembers.predict({ kind: 'own', names: rows.names, file: member(predict), state }, rows);

  it('is trained and predicts', () => {
    const { members } = withOwnMembers({
      features: [],
      members: [member('(state, { values }) => values.map((value) => state * value)')],
    });
    expect(members?.at(-1)).toMatchObject({ name: 'mine', kind: 'own' });
    expect(predictBy('(state, { values }) => values.map((value) => state * value)')).toEqual(Float64Array.of(2, 4, 6));
  });

  it.each([
    ['the mean of the batch', '(_, { values }) => values.map((v) => v - values.reduce((a, b) => a + b) / 3)'],
    ['the next row', '(_, { values }) => values.map((v, row) => values[row + 1] ?? 0)'],
    ['its place in the batch', '(_, { values }) => values.map((v, row) => row)'],
  ])('is refused where its forecast depends on %s', (_, predict) => {
    expect(() => predictBy(predict)).toThrow(
      /^members\/mine\.ts: predict says .* of row \d alone, and .* among 3 rows$/,
    );
  });

  it('is refused where it looks at a feature that there is not, or learns what no model can keep', {
    tags: ['long'],
  }, () => {
    const wrong = (member: string) => fileOf('mine', `export default () => ({ summary: 'a test', ${member} });\n`);
    const lost = wrong("columns: ['mine'], train: () => 2, predict: () => [2]");
    expect(() => withOwnMembers({ features: [], members: [lost] })).toThrow(
      /^members\/mine\.ts: columns: there is no feature mine; `daytrade models explain --json` lists all$/,
    );
    expect(withOwnMembers({ features: [feature('() => 1')], members: [lost] }).members?.at(-1)).toMatchObject(lost);
    const learned = wrong('train: () => () => 2, predict: () => [2]');
    expect(() => ownMembers.train(learned, rows, Float64Array.of(1, 2, 3), 1)).toThrow(
      /^members\/mine\.ts: expected train to return plain data: /,
    );
  });

  it('is refused where a forecast is missing', () => {
    expect(() => predictBy('() => [1]')).toThrow('a finite number for each of the 3 rows, got 1');
    expect(() => predictBy('(_, { values }) => values.map(() => NaN)')).toThrow('got NaN for row 0');
  });
});
