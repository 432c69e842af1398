import { type PredictionList, predictionListSchema, type Today, todaySchema } from '@daytrade/contracts';
import { sampleInDayPrediction, samplePrediction } from '@daytrade/storage/testing';
import { describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

const shown = { directionSkilled: false, centre: null, probabilityUp: null, late: false };
const list: PredictionList = predictionListSchema.parse({
  predictions: [
    { ...samplePrediction({ synthetic: false, lastClose: 1_234, lower: 1_190, upper: 1_281 }), ...shown },
    {
      ...samplePrediction({ synthetic: false, name: 'B', lastClose: 20_000, lower: 19_000, upper: 21_000 }),
      ...shown,
      symbol: '0102',
      expectedDividend: 0,
    },
  ],
  sessionOver: false,
  unpredicted: [],
  barsAge: null,
});
const predict = (words: readonly string[], changes: object = {}) =>
  runLine(['predict', ...words], { 'POST /v1/predictions': { ...list, leftOut: [], ...changes } });

describe('predict', () => {
  it('shows the intervals, with their session, bars and model', async () => {
    const { out, err, requests } = await predict([]);
    expect(out).toBe(`symbol  name      last close   lower   upper   width
0101    架空電機       1,234   1,190   1,281   7.4 %
0102    B             20,000  19,000  21,000  10.0 %

Close of 2026-11-25 from bars to 2026-11-24; 93 % of closes are promised inside; \
model m20261124-0001-1f3a9c0b, conformal.
Direction: no skill measured, so neither a centre nor a chance of a rise is shown.
Ex-dividend on 2026-11-25, intervals lower by the expected yen: 0101 12.5.
Prices are as traded.
`);
    expect(err).toBe('');
    expect(requests).toEqual([['POST /v1/predictions', {}]]);
  });

  it('shows centre and chance of a rise where one has them, with a decimal where a price has one', async () => {
    const [first, second] = list.predictions;
    const skilled = { ...first!, directionSkilled: true, centre: 1_236.5, probabilityUp: 0.5123, expectedDividend: 0 };
    const { out } = await predict([], { predictions: [skilled, { ...second!, synthetic: true }] });
    expect(out.split('\n').slice(0, 3)).toEqual([
      'symbol  name      last close     lower   centre     upper   width    up',
      '0101    架空電機     1,234.0   1,190.0  1,236.5   1,281.0   7.4 %  51 %',
      '0102    B           20,000.0  19,000.0        –  21,000.0  10.0 %     –',
    ]);
    expect(out).not.toContain('Direction');
    expect(out).not.toContain('Ex-dividend');
  });

  it('sends the symbols, and names those that were left out', async () => {
    const { requests, err } = await predict(['7203', '6758.T'], { leftOut: [{ symbol: '7203', message: 'damaged' }] });
    expect(requests).toEqual([['POST /v1/predictions', { symbols: ['7203', '6758.T'] }]]);
    expect(err).toBe('left out 7203: damaged. Import its bars again: daytrade import FOLDER\n');
  });

  it('says that no symbol has a bar', async () => {
    expect((await predict([], { predictions: [] })).out).toBe('No symbol has a bar at the newest session.\n');
  });

  it('names as many symbols as fit, and counts those without a known dividend', async () => {
    const many = Array.from({ length: 14 }, (_, index) => ({
      ...list.predictions[0]!,
      symbol: `${7201 + index}`,
      announcementsKnown: false,
    }));
    const known = { ...many[0]!, announcementsKnown: true, expectedDividend: null };
    const { out } = await predict([], { predictions: [...many, known] });
    const codes = Array.from({ length: 12 }, (_, index) => `${7201 + index}`).join(', ');
    expect(out).toContain(`\nNo source has earnings dates of ${codes} and 2 more: intervals know of none.\n`);
    expect(out).toContain('\nNo dividend is known of 1 symbol: on an ex-day the interval lies too high by it.\n');
    expect((await predict([], { predictions: many })).out).toContain('earnings dates of any symbol: intervals');
  });
});

const today: Today = todaySchema.parse({
  session: '2026-11-25',
  horizon: 'close@10:30',
  horizons: ['close@10:30'],
  predictions: [
    { ...sampleInDayPrediction({ synthetic: true, price: 1_241, lower: 1_220, upper: 1_263, previousClose: 1_234 }) },
    {
      ...sampleInDayPrediction({
        name: 'B',
        price: 1_000,
        lower: 900,
        upper: 1_100,
        knownAt: '2026-11-25T01:25:00.000Z',
      }),
      symbol: '0102',
    },
  ].map((prediction) => ({ ...prediction, centre: null, late: false, close: null, inside: null })),
  withoutForecast: [],
});

describe('predict --at', () => {
  const at = (words: readonly string[], changes: object = {}) =>
    runLine(['predict', ...words], { 'POST /v1/predictions/today': { ...today, leftOut: [], ...changes } });

  it('shows the forecasts of a time of the day', async () => {
    const { out, requests } = await at(['7203', '--at', '10:30']);
    expect(requests).toEqual([['POST /v1/predictions/today', { symbols: ['7203'], horizon: 'close@10:30' }]]);
    expect(out.split('\n').slice(0, 5)).toEqual([
      'symbol  name      previous close    price    lower    upper   width',
      '0101    架空電機         1,234.0  1,241.0  1,220.0  1,263.0   3.5 %',
      '0102    B                1,234.5  1,000.0    900.0  1,100.0  20.0 %',
      '',
      'SYNTHETIC bars. close@10:30: close of 2026-11-25 from bars to 2026-11-25 10:30 in Japan; 93 % of closes are ' +
        'promised inside; model m20261124-0001-1f3a9c0b, conformal.',
    ]);
  });

  it('shows whole prices where every one is whole', async () => {
    const [first] = today.predictions;
    expect((await at(['--at', '10:30'], { predictions: [first] })).out).toMatch(
      /\n0101 .* 1,234 +1,241 +1,220 +1,263 /,
    );
    expect((await at(['--at', '10:30'], { predictions: [{ ...first, close: 1_250.5, inside: true }] })).out).toMatch(
      /\n0101 .* 1,234\.0 .* 1,250\.5 +yes\n/,
    );
  });

  it('shows what came of them, once it is known of one', async () => {
    const [first, second] = today.predictions;
    const { out } = await at(['--at', 'open'], { predictions: [{ ...first!, close: 1_250, inside: true }, second!] });
    expect(out).toMatch(/ width +close +inside\n0101 .*3\.5 % +1,250\.0 +yes\n0102 .*20\.0 %\n/);
  });

  it.each([
    ['close@10:30', 'No symbol has a forecast of the close of 2026-11-25 at close@10:30.\n'],
    [null, 'No symbol has a forecast of the close of 2026-11-25 at any time.\n'],
  ])('says that there is none at %s', async (horizon, said) => {
    expect((await at(['--at', '10:30'], { horizon, predictions: [] })).out).toBe(said);
  });

  it('refuses a time that there is not', async () => {
    await expect(at(['--at', '25:00'])).rejects.toThrow(/^--at: expected one of "08:30", "open", .*, got "25:00"/);
  });
});
