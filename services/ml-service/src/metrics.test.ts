import { clockAt } from '@daytrade/jobs/testing';
import { parseSymbol } from '@daytrade/market';
import { createLogger, createService } from '@daytrade/service';
import { newStores, sampleEvaluation, sampleModel, samplePrediction, sampleSymbol } from '@daytrade/storage/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addLiveMetrics, addPredictionShift, shiftOf } from './metrics.ts';

const interval = (symbol: string, lower: number, upper: number) =>
  ({ symbol: parseSymbol(symbol), lastClose: 1000, lower, upper }) as Parameters<typeof shiftOf>[0][number];
const published = [interval('7203', 950, 1050), interval('6758', 940, 1060)];

it('is the share of published intervals that are computed differently', () => {
  expect(shiftOf(published, published)).toBe(0);
  expect(shiftOf(published, [interval('7203', 950, 1050), interval('6758', 940.05, 1060)])).toBe(0);
  expect(shiftOf(published, [interval('7203', 950, 1050), interval('6758', 941, 1060)])).toBe(0.5);
  expect(shiftOf(published, [interval('7203', 950, 1051)])).toBe(1);
  expect(shiftOf(published, [interval('7203', Number.NaN, 1050), interval('6758', 940, 1060)])).toBe(0.5);
});

it.each([
  // One hundredth of a percent of the last close is 0.1 yen.
  [950, 1_050.0999, 0],
  [949.9001, 1_050, 0],
  [950, 1_050.1001, 1],
  [949.8999, 1_050, 1],
  [950.1001, 1_050, 1],
  [950, 1_049.8999, 1],
])('counts bounds of %d and %d from 950 and 1,050 as %i shifted', (lower, upper, share) => {
  expect(shiftOf(published.slice(0, 1), [interval('7203', lower, upper)])).toBe(share);
});

it('counts a bound that is off by the whole limit, here 1 yen', () => {
  const one = { ...interval('7203', 512, 1_024), lastClose: 10_000 };
  const by = (lower: number, upper: number) => shiftOf([one], [{ ...one, lower: 512 + lower, upper: 1_024 + upper }]);
  expect([by(1, 0), by(0, -1), by(0.5, 0.5), by(-0.5, 1)]).toEqual([1, 1, 0, 1]);
});

it('is unknown while nothing is published', () => {
  expect(shiftOf([], published)).toBeUndefined();
});

describe('what is scraped of the live model', () => {
  async function scrape(evaluation: Parameters<typeof sampleEvaluation>[0]): Promise<readonly string[]> {
    const clock = clockAt(() => Date.parse('2026-11-25T00:00:00Z'));
    const stores = await newStores(() => clock.now());
    const logger = createLogger({ level: 'silent' });
    const service = await createService({ name: 'ml-service', description: 'ML', version: '1.2.3', logger });
    onTestFinished(async () => {
      await service.close();
      await stores.close();
    });
    addLiveMetrics(service, { stores, clock });
    await stores.symbols.upsertMany([sampleSymbol()]);
    await stores.evaluations.save(sampleEvaluation(evaluation), []);
    const created = sampleModel({ createdAt: '2026-11-24T23:00:00.000Z' });
    const { version } = await stores.models.register(created, Uint8Array.of(1));
    await stores.models.promote(version, 'promote', '2026-11-24T23:30:00.000Z');
    const { body } = await service.inject('/metrics');
    return body.split('\n').filter((line) => /^day_?trade.*(interval|model_age)/i.test(line));
  }
  const [symbol = undefined!] = sampleEvaluation().bySymbol;
  const [day = undefined!] = sampleEvaluation().series;

  it('is the coverage of each window that is full, and of the best and the worst symbol with 250 days', async () => {
    const lines = await scrape({
      coverage: 0.93,
      meanWidthBp: 410,
      winklerBp: 520,
      series: [day, { ...day, coverage20: 0.91, coverage60: 0.92, coverage250: null }],
      bySymbol: [
        { ...symbol, days: 249, coverage: 0.5 },
        { ...symbol, days: 250, coverage: 0.9 },
        { ...symbol, days: 300, coverage: 0.96 },
        { ...symbol, days: 249, coverage: 1 },
      ],
    });
    expect(lines).toEqual([
      'daytrade_interval_coverage_ratio{window="all"} 0.93',
      'daytrade_interval_coverage_ratio{window="20"} 0.91',
      'daytrade_interval_coverage_ratio{window="60"} 0.92',
      'daytrade_interval_coverage_symbol_ratio{bound="lowest"} 0.9',
      'daytrade_interval_coverage_symbol_ratio{bound="highest"} 0.96',
      'daytrade_interval_width_basis_points 410',
      'daytrade_interval_winkler_basis_points 520',
      'daytrade_model_age_seconds 3600',
    ]);
  });

  it('says nothing of an evaluation without a session', async () => {
    const lines = await scrape({ series: [] });
    expect(lines.filter((line) => !line.endsWith(' 0'))).toEqual(['daytrade_model_age_seconds 3600']);
  });

  it('says nothing of symbols while none has 250 days', async () => {
    const lines = await scrape({
      series: [{ ...day, coverage20: null, coverage60: null, coverage250: 0.94 }],
      bySymbol: [{ ...symbol, days: 249 }],
    });
    expect(lines.filter((line) => /coverage/.test(line))).toEqual([
      `daytrade_interval_coverage_ratio{window="all"} ${sampleEvaluation().coverage}`,
      'daytrade_interval_coverage_ratio{window="250"} 0.94',
    ]);
  });
});

it('measures once how much this version computes differently from what was published', async () => {
  const stores = await newStores(Date.now);
  const logger = createLogger({ level: 'silent' });
  const service = await createService({ name: 'ml-service', description: 'ML', version: '1.2.3', logger });
  onTestFinished(async () => {
    await service.close();
    await stores.close();
  });
  const asked: unknown[] = [];
  const forecast = samplePrediction({ symbol: parseSymbol('7203') });
  let outcome: () => readonly (typeof forecast)[] = () => [];
  addPredictionShift(service, { stores, logger }, async (...request) => {
    asked.push(request);
    return { asked: [], predictions: outcome(), added: 0, leftOut: [] };
  });
  const scrape = async () => {
    const { body } = await service.inject('/metrics');
    return body.split('\n').filter((line) => line.startsWith('daytrade_prediction_shift') && !line.endsWith(' 0'));
  };
  await scrape();
  expect(asked).toEqual([]);

  // Once for a live model, which publishes nothing yet; a failure is tried again.
  const { version } = await stores.models.register(sampleModel(), Uint8Array.of(1));
  await stores.models.promote(version, 'promote', '2026-11-24T23:30:00.000Z');
  for (let scrapes = 0; scrapes < 3; scrapes += 1) await scrape();
  expect(asked).toEqual([[undefined, false]]);
  const published = { modelVersion: version, madeAt: '2026-11-24T23:40:00.000Z' };
  const others = ['6758', '8306', '9984'].map((code) => samplePrediction({ ...published, symbol: parseSymbol(code) }));
  await stores.predictions.save([{ ...forecast, ...published }, ...others]);
  outcome = () => {
    throw new Error('no bars');
  };
  while (asked.length < 3) await scrape();
  outcome = () => [{ ...forecast, ...published }];
  while ((await scrape()).length === 0);
  const [line = ''] = await scrape();
  expect(line).toMatch(/ 0\.75$/);
  const before = asked.length;
  await stores.predictions.save([samplePrediction({ modelVersion: version, madeAt: '2026-11-24T23:50:00.000Z' })]);
  await scrape();
  await scrape();
  expect([asked.length, asked.at(-1)]).toEqual([before, [undefined, false]]);
});
