import { dateOfDayNumber } from '@daytrade/market';
import { noisePanel } from '@daytrade/series/testing';
import { newStores, sampleEvaluation, sampleJudged } from '@daytrade/storage/testing';
import { expect, it, onTestFinished } from 'vitest';
import { readForecasts } from './read-forecasts.ts';

it('puts the forecasts of the newest evaluation into the rows of a panel, in its prices of today', async () => {
  const stores = await newStores(Date.now);
  onTestFinished(() => stores.close());
  const [symbols, sessions] = [3, 4];
  const panel = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 1 });
  for (let row = 0; row < symbols * sessions; row += 1) panel.close[row] = 100 * (row + 1);
  expect(await readForecasts(stores, panel, true)).toBeUndefined();
  const dateOf = (t: number) => dateOfDayNumber(panel.days[t]!);
  const row = (t: number, lastClose: number, centre: number | null = lastClose + 1) =>
    sampleJudged({ session: dateOf(t), lastClose, centre, lower: lastClose - 10, upper: lastClose + 20 });
  const unknown = sampleJudged({ session: dateOfDayNumber((panel.days[3]! + 300) as never) });
  await stores.evaluations.save(sampleEvaluation(), [
    // The close before was 600 of 1,200 yen: a split has restated it.
    [panel.symbols[2]!.symbol, [row(0, 1), row(2, 1_200), unknown]],
    [panel.symbols[0]!.symbol, [row(1, 100, null)]],
  ]);
  const { centre, lower, upper } = (await readForecasts(stores, panel, true))!;
  const known = (column: Float64Array) => [...column.entries()].filter(([, value]) => !Number.isNaN(value));
  expect([known(centre), known(lower), known(upper)]).toEqual([
    [[8, 600.5]],
    [
      [3, 90],
      [8, 595],
    ],
    [
      [3, 120],
      [8, 610],
    ],
  ]);
  expect(centre).toHaveLength(symbols * sessions);
  expect(await readForecasts(stores, panel, false)).toBeUndefined();
});
