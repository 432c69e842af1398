import type { InDayPrediction } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { inDayRows, standingForecasts } from './day-forecasts.ts';

const forecast = { symbol: '7203', lower: 1000, upper: 1030, price: 1010, previousClose: 1000 };

it('makes rows of the newest forecasts, in shares of the price then and of the previous close', () => {
  const [row] = inDayRows([forecast as InDayPrediction], []);
  const moves = { lowerMove: expect.closeTo(1000 / 1010 - 1, 12), priceMove: expect.closeTo(0.01, 12) };
  expect(row).toMatchObject({ ...moves, width: 30 / 1010, rank: null });
});

it('lets a forecast stand from its time of the day on, after that of the evening', () => {
  const forecasts = ['close@08:30', 'close@open', 'close@10:30'].map((horizon) => ({ ...forecast, horizon }));
  const standing = standingForecasts({ evening: forecast, forecasts } as never, { morningOpen: '09:00' } as never);
  expect(standing.map(({ from }) => from)).toEqual(['', '08:30', '09:00', '10:30']);
});
