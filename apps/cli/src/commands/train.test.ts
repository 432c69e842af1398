import { jobs, type ResultOf } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';

const result: ResultOf<'training'> = jobs.training.result.parse({
  modelVersion: 'm2',
  promoted: true,
  evaluationId: 'e1',
  barsAge: { newest: '2026-11-24', lastFinishedSession: '2026-11-24', sessionsBehind: 0, daysBehind: 0 },
  leftOut: [],
  trainedFrom: '2021-01-04',
  trainedTo: '2026-11-24',
  symbols: 40,
  rows: 50_000,
  features: 1_064,
  trainingSeconds: 61.5,
  coverage: 0.9312,
  meanWidthBp: 620.5,
  artifactHash: 'a'.repeat(64),
  soleMember: null,
  synthetic: false,
});
const train = (words: readonly string[], changes: object = {}) =>
  runLine(['train', ...words], { 'POST /v1/trainings': { run: endedRun('training', { ...result, ...changes }) } });

it('reports what the model was trained on, and how it does out of sample', async () => {
  const { out, err, requests } = await train([]);
  expect(requests).toEqual([['POST /v1/trainings', { seed: 1, promote: true }]]);
  expect(err).toBe('');
  expect(out).toBe(`Model m2 is live
  trained on        40 symbols, 2021-01-04 to 2026-11-24, 50,000 rows x 1,064 features
  took              1 min 02 s
  out of sample     coverage 93.1 % (promised 93 %), mean width 621 bp
  artifact          sha256 aaaaaaaaaaaaaaaa…
`);
});

it('marks synthetic bars, a sole member and own files, and notes old bars', async () => {
  const { out, err } = await train(['--seed', '7', '--no-promote'], {
    promoted: false,
    synthetic: true,
    soleMember: 'ridge',
    own: [`features/close-place.ts ${'c'.repeat(64)}`],
    barsAge: { newest: '2026-11-20', lastFinishedSession: '2026-11-24', sessionsBehind: 2, daysBehind: 4 },
  });
  expect(err).toBe('note: bars end 2026-11-20, 2 sessions (4 days) before the last finished session, 2026-11-24\n');
  expect(out).toMatch(/^SYNTHETIC bars\. Model m2 is registered\n/);
  expect(out).toContain('\n  ensemble          one member carries all the weight: ridge\n');
  expect(out).toContain('\n  own files         features/close-place.ts cccccccc…\n');
});

it('sends seed, symbols and files of your own', async () => {
  const words = ['--seed', '7', '--no-promote', '--symbols', '7203,6758', '--features', 'close-place'];
  expect((await train(words)).requests).toEqual([
    ['POST /v1/trainings', { seed: 7, promote: false, symbols: ['7203', '6758'], features: ['close-place'] }],
  ]);
  expect(JSON.parse((await train(['--json'])).out)).toEqual(result);
});

it.each([
  ['--seed', '-1'],
  ['--seed', '1.5'],
  ['--universe', 'dax'],
])('refuses %s %s before anything is sent', async (option, value) => {
  await expect(train([option, value])).rejects.toThrow(new RegExp(`^${option}: .*, got "${value}"`));
});
