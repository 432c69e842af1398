import { todaySchema } from '@daytrade/contracts';
import { sampleInDayPrediction } from '@daytrade/storage/testing';
import { describe, expect, it } from 'vitest';
import { inDayReport, inDayWarnings } from '../commands/predict.ts';

const today = todaySchema.parse({
  session: '2026-11-25',
  horizon: 'close@10:30',
  horizons: ['close@10:15', 'close@10:30'],
  predictions: [{ ...sampleInDayPrediction(), centre: null, late: false, synthetic: false, close: null, inside: null }],
  withoutForecast: [],
});
const [running] = today.predictions;
const without = (symbols: readonly string[], reason: 'no-trade-yet' | 'needs-5-minute-bars') =>
  symbols.map((symbol) => ({ symbol, name: symbol, reason }));

describe('the report of forecasts within the day', () => {
  it('says from which time they are, and has no column for a close that is not known', () => {
    const report = inDayReport(today);
    expect(report).toMatch(/0101 +架空電機 +1,234.5 +1,241.5 +1,220.0 +1,263.5 +3.5 %/);
    expect(report).toContain('close@10:30: close of 2026-11-25 from bars to 2026-11-25 10:30 in Japan; 93 % of closes');
    expect(report).not.toMatch(/inside +$|centre/m);
    expect(inDayWarnings(today)).toEqual([]);
  });

  it('has the close beside them once it is known', () => {
    const report = inDayReport({ ...today, predictions: [{ ...running!, close: 1270, inside: false }] });
    expect(report).toMatch(/1,263.5 +3.5 % +1,270.0 +no/);
  });

  it('names what came late, and who has none with the reason, the first few by name', () => {
    const predictions = [{ ...running!, late: true }];
    const withoutForecast = [
      ...without(['6758', '9984'], 'no-trade-yet'),
      ...without(['1', '2', '3', '4', '5', '6', '7'], 'needs-5-minute-bars'),
    ];
    expect(inDayWarnings({ ...today, predictions, withoutForecast })).toEqual([
      'note: 1 of close@10:30 were made after their time: reconstructions, which count for nothing',
      'note: no forecast of 6758, 9984: it was not traded in this session by then',
      expect.stringMatching(/^note: no forecast of 1, 2, 3, 4, 5, 6, 7: there are no 5-minute bars of this session/),
    ]);
  });
});
