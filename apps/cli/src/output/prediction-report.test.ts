import { predictionListSchema, todaySchema } from '@daytrade/contracts';
import { sampleInDayPrediction, samplePrediction } from '@daytrade/storage/testing';
import { describe, expect, it } from 'vitest';
import { inDayReport, inDayWarnings, predictionReport, predictionWarnings } from '../commands/predict.ts';

const list = predictionListSchema.parse({
  predictions: [
    {
      ...samplePrediction({ priceBasis: 'fully-adjusted', synthetic: false }),
      expectedDividend: undefined,
      centre: null,
      probabilityUp: null,
      directionSkilled: false,
      late: true,
    },
  ],
  sessionOver: true,
  unpredicted: [{ symbol: '6758', name: 'ソニーグループ', lastDate: '2024-10-11' }],
  barsAge: { newest: '2024-10-16', lastFinishedSession: '2026-11-26', sessionsBehind: 513, daysBehind: 771 },
});
const inTime = list.predictions.map((prediction) => ({ ...prediction, late: false }));
const fresh = {
  ...list,
  predictions: inTime,
  sessionOver: false,
  unpredicted: [],
  barsAge: { ...list.barsAge!, sessionsBehind: 0 },
};

describe('the report of predictions', () => {
  it('labels a forecast for a session that is over', () => {
    expect(predictionReport(list)).toContain('Close of 2026-11-25 (session over) from bars to 2026-11-24');
    expect(predictionReport(fresh)).toContain('Close of 2026-11-25 from bars');
  });

  it('warns of old bars, of a session that is over, and of symbols that have no interval', () => {
    expect(predictionWarnings(list)).toEqual([
      'note: bars end 2024-10-16, 513 sessions (771 days) before the last finished session, 2026-11-26',
      'note: this forecast is for 2026-11-25, a session that is over',
      'note: it was made after the session of 2026-11-25 had opened: a reconstruction, which counts for nothing',
      'note: 6758 has no interval: its bars end 2024-10-11',
    ]);
    expect(predictionWarnings(fresh)).toEqual([]);
  });

  it('names the symbols that go ex-dividend, and says of how many nothing is known', () => {
    const [adjusted] = list.predictions;
    const traded = { ...adjusted!, priceBasis: 'traded' as const };
    const report = (...dividends: readonly (number | null)[]) =>
      predictionReport({
        ...list,
        predictions: dividends.map((expectedDividend, i) => ({ ...traded, symbol: `720${i}`, expectedDividend })),
      });
    expect(report(0, 32.5, 40)).toContain(
      'Ex-dividend on 2026-11-25, intervals lower by the expected yen: 7201 32.5, 7202 40.0.',
    );
    expect(report(0)).not.toContain('ividend');
    expect(report(0, null)).toContain(
      'No dividend is known of 1 symbol: on an ex-day the interval lies too high by it.',
    );
    // Prices that are adjusted for dividends have none left.
    expect(predictionReport(list)).not.toContain('No dividend is known');
  });

  it('names the symbols whose results may move the session', () => {
    const [prediction] = list.predictions;
    const report = (...announcements: readonly (typeof prediction & object)['announcement'][]) =>
      predictionReport({
        ...list,
        predictions: announcements.map((announcement, i) => ({ ...prediction!, symbol: `720${i}`, announcement })),
      });
    const date = prediction!.lastSession;
    const made = { date, kind: 'made', time: '15:30' } as const;
    const planned = { date: prediction!.session, kind: 'planned', time: null } as const;
    expect(report(null, made, planned)).toContain(
      'Results: 7201 after the last close (2026-11-24 15:30), 7202 planned on the day of the forecast (2026-11-25). ',
    );
    expect(report(null, undefined)).not.toContain('esults');
    const unknown = [true, false].map((known) => ({ ...prediction!, announcementsKnown: known }));
    expect(predictionReport({ ...list, predictions: unknown })).toContain(
      `No source has earnings dates of ${prediction!.symbol}: intervals know of none.`,
    );
  });

  it('names the forecast within the day while the session goes on', () => {
    expect(predictionWarnings({ ...fresh, predictions: list.predictions })).toEqual([
      expect.stringContaining('a reconstruction'),
      expect.stringContaining('daytrade predict --at open'),
    ]);
  });

  it('says what the prices are, and that adjusted ones cannot be quoted', () => {
    expect(predictionReport(list)).toMatch(/\nPrices are split- and dividend-adjusted: not quotable, .*\.$/);
    const [adjusted] = list.predictions;
    const mixed = {
      ...list,
      predictions: [adjusted!, { ...adjusted!, symbol: '6758', priceBasis: 'traded' as const }],
    };
    expect(predictionReport(mixed)).toContain('Prices of 1 symbol are as traded.\nPrices of 1 symbol are split- and');
  });

  it('shows a direction only where skill in it was measured', () => {
    expect(predictionReport(list)).toContain('Direction: no skill measured');
    expect(predictionReport(list)).not.toMatch(/centre {2}|\bup\b/);
    const [unskilled] = list.predictions;
    const skilled = { ...unskilled!, centre: 1236, probabilityUp: 0.52, directionSkilled: true };
    const shown = predictionReport({ ...list, predictions: [skilled] });
    expect(shown).toMatch(/centre .* up\n/);
    expect(shown).toMatch(/1,236.0 .*52 %/);
    expect(shown).not.toContain('no skill measured');
  });
});

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
