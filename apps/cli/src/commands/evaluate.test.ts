import type { Evaluation } from '@daytrade/contracts';
import { sampleEvaluation, sampleModel } from '@daytrade/storage/testing';
import { expect, it } from 'vitest';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';

const figures = { coverage: 0.9312, meanWidthBp: 712.4, winklerBp: 1_021.5 };
const evaluation = sampleEvaluation({
  synthetic: false,
  symbols: 60,
  symbolDays: 29_990,
  halted: 1_010,
  coverage: 0.93126,
  skillByYear: [
    {
      ...figures,
      year: 2024,
      sessions: 245,
      symbolDays: 14_700,
      skill: { har: 0.052, rollingQuantile: 0.041, randomWalk: 0.032, ewma: 0.023 },
    },
  ],
  intervalMethods: [
    { ...figures, name: 'conformal', rollingCoverage250: { min: 0.92, max: 0.94 } },
    { ...figures, name: 'quantile', rollingCoverage250: { min: null, max: 0.94 } },
    { ...figures, name: 'published', rollingCoverage250: { min: 0.91, max: null } },
  ],
  models: sampleModel().members,
  objective: [
    {
      name: 'coverage-20',
      window: '20 sessions',
      low: 0.8,
      high: 1,
      lowest: 0.895,
      highest: 0.96,
      held: true,
      onBreach: 'page',
    },
    {
      name: 'coverage-60',
      window: '60 sessions',
      low: 0.85,
      high: 0.99,
      lowest: 0.84,
      highest: 0.96,
      held: false,
      onBreach: 'demote',
    },
    {
      name: 'coverage-250',
      window: '250 sessions',
      low: 0.9,
      high: 0.96,
      lowest: null,
      highest: null,
      held: null,
      onBreach: 'warning',
    },
  ],
  informationCoefficients: [
    {
      leg: 'close-to-open',
      correlation: 'spearman',
      value: 0.03125,
      low: 0.01,
      high: 0.0505,
      t: 3.44,
      sessions: 1_500,
      edge: true,
    },
    {
      leg: 'open-to-close',
      correlation: 'pearson',
      value: -0.01,
      low: -0.02,
      high: 0.03,
      t: -0.5,
      sessions: 500,
      edge: false,
    },
  ],
});

function evaluate(words: readonly string[], changes: Partial<Evaluation> = {}) {
  const result = { evaluationId: 'e1', seconds: 60, coverage: 0.93, meanWidthBp: 1, winklerBp: 2, leftOut: [] };
  return runLine(['evaluate', ...words], {
    'POST /v1/evaluations': { run: endedRun('evaluation', result) },
    'GET /v1/evaluations/e1': { evaluation: { ...evaluation, ...changes } },
  });
}

it('reports coverage, cost in width, and direction', async () => {
  const { out } = await evaluate([]);
  expect(out).toBe(`Walk-forward, out of sample: 2024-11-05 to 2026-11-24, 500 sessions x 60 symbols = \
29,990 symbol-days judged, 1,010 without a trade
Nothing of it was published before its session: it is reconstructed, in time order
Time: 1 min 00 s (features 5.0 s, training 40 s, intervals 15 s)

Coverage            93.13 % of closes inside, promised 93 % (95 % interval 92.0 % to 94.0 %)
  rolling 60        92.0 % to 94.0 %, last 93.0 %
  rolling 250       92.0 % to 94.0 %, last 93.0 %
Mean width          621 bp
Winkler score       801 bp (lower is better)
Skill score         2.0 % against the HAR regression, 4.0 % against the rolling quantile, \
12.0 % against the random walk, 1.0 % against EWMA

objective     window        range              lowest to highest  held                 on breach
coverage-20   20 sessions   80.0 % to 100.0 %   89.5 % to 96.0 %  yes                  page
coverage-60   60 sessions   85.0 % to 99.0 %    84.0 % to 96.0 %  NO                   demote
coverage-250  250 sessions  90.0 % to 96.0 %                   –  not enough sessions  warning

year  sessions  symbol-days  coverage   width  Winkler  skill: HAR  quantile  random walk   EWMA
2024       245       14,700    93.1 %  712 bp  1022 bp       5.2 %     4.1 %        3.2 %  2.3 %

interval method             coverage   width  Winkler       rolling 250
conformal (in use now)        93.1 %  712 bp  1022 bp  92.0 % to 94.0 %
quantile                      93.1 %  712 bp  1022 bp                 –
the method of each session    93.1 %  712 bp  1022 bp                 –

Direction           no skill measured
                    hit rate 51.0 % (95 % interval 50.0 % to 52.0 %), always-up 50.5 %
                    rank IC 0.0200 (0.011 to 0.050), ICIR 0.300, AUC 0.5100, Brier 0.2500

model      hit rate     RMSE      R2  rank IC   95 % interval     AUC   Brier  weight
leaf-wise    51.0 %  0.02000  0.0010   0.0200  0.011 to 0.050  0.5100  0.2500   0.400
ensemble     52.0 %  0.02000  0.0020   0.0300  0.011 to 0.050  0.5200  0.2500       –

Information coefficient of the ensemble across the symbols of a session, "no edge" unless
t > 3.34, Bonferroni's correction at 5 % for the 60 coefficients tested:
return         correlation            IC    95 % interval     t  sessions  edge
close to open  Spearman (ranks)   0.0313   0.010 to 0.051   3.4     1,500  yes
open to close  Pearson           -0.0100  -0.020 to 0.030  -0.5       500  no edge
`);
});

it.each([
  [
    { days: 499, daysAsked: 500 },
    '499 sessions judged of 500 asked for: the first training and the warm-up need the bars before them',
  ],
  [
    { endedSymbols: 0, symbols: 2 },
    'Survivors only: the bars of all 2 symbols reach the newest session. What was delisted is missing, which ' +
      'flatters the figures',
  ],
  [{ own: [`features/close-place.ts`] }, 'With files of your own: features/close-place.ts'],
  [{ leakAlarm: true }, 'LEAK ALARM: a hit rate above 60 % out of sample is not real; look for a leak.'],
])('with %j says so in a line', async (changes, line) => {
  expect((await evaluate([], changes)).out.split('\n')).toContain(line);
  expect((await evaluate([])).out).not.toContain(line.slice(0, 12));
});

it.each([
  { days: 500, daysAsked: 500 },
  { endedSymbols: 0, symbols: 1 },
  { endedSymbols: 1, symbols: 2 },
  { endedSymbols: 0, symbols: 2, synthetic: true },
])('with %j warns of nothing', async (changes) => {
  expect((await evaluate([], changes)).out).not.toMatch(/asked for|Survivors/);
});

it('names the universe of its time in the place of survivors', async () => {
  const used = {
    universe: 'topix100',
    knownFrom: evaluation.from,
    withoutBars: 4,
    someWithoutBars: ['1301', '1332', '1333'],
  };
  const { out } = await evaluate([], { endedSymbols: 0, universe: used as Evaluation['universe'] });
  expect(out).toContain(
    '\nUniverse of its time: the members of topix100 at each session, known from 2024-11-05 on.\n' +
      '4 members have no bars here (1301, 1332, 1333 and 1 more): the figures are without them.\n',
  );
  expect(out).not.toContain('Survivors');
});

it('says at which time within the day forecasts were made', async () => {
  const { out } = await evaluate([], { horizon: 'close@10:00', synthetic: true });
  expect(out).toMatch(/^SYNTHETIC bars\. close@10:00: forecasts of the close made within its day\. Walk-forward, /);
});

it.each([
  [[], { horizon: 'next-close', seed: 1 }],
  [['--sessions', '750', '--seed', '7'], { horizon: 'next-close', seed: 7, sessions: 750 }],
  [
    ['--from', '2024-07-01', '--to', '2024-09-30'],
    { horizon: 'next-close', seed: 1, from: '2024-07-01', to: '2024-09-30' },
  ],
  [['--horizon', 'close@open', '--retrain-every', '5'], { horizon: 'close@open', seed: 1, retrainEvery: 5 }],
])('with %j sends %j', async (words, body) => {
  expect((await evaluate(words)).requests).toEqual([['POST /v1/evaluations', body], ['GET /v1/evaluations/e1']]);
});

it('ends with 5 for a leak, and has all in its JSON', async () => {
  expect((await evaluate([])).exitCode).toBe(0);
  const { exitCode, out } = await evaluate(['--json'], { leakAlarm: true });
  expect(exitCode).toBe(5);
  expect(JSON.parse(out)).toEqual({ ...evaluation, leakAlarm: true });
});

it.each([
  [['--sessions', '59'], /^--sessions: expected a whole number from 60 to 5000, got "59"/],
  [['--sessions', '100', '--from', '2024-07-01'], /expected either "sessions" or "from"/],
  [['--horizon', 'close@25:00'], /^--horizon: /],
])('refuses %j before anything is sent', async (words, message) => {
  await expect(evaluate(words)).rejects.toThrow(message);
});
