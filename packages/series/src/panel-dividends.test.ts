import { dateOfDayNumber, dayNumber, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { buildPanel, slicePanel } from './build-panel.ts';
import { nextSessionLogReturn, type Panel, type PanelSymbol } from './panel.ts';
import { dividendColumns, dividendsOf, type PriceChange, panelDividends } from './panel-dividends.ts';

const symbol = parseSymbol('7203');
const day = (date: string) => dayNumber(parseTradeDate(date));

/** Closes of 1,000 yen on every session of a range. */
function panelOf(from: string, to: string, priceBasis: PanelSymbol['priceBasis'] = 'traded'): Panel {
  const days = Int32Array.from(sessionsBetween(parseTradeDate(from), parseTradeDate(to)), dayNumber);
  const price = () => new Float64Array(days.length).fill(1_000);
  const bars = { days, open: price(), high: price(), low: price(), close: price(), volume: price() };
  return buildPanel([{ symbol: { symbol, tickTable: 'standard', priceBasis }, bars }]);
}

const dividend = (exDay: string, knownOn: string, value: number): PriceChange => {
  return { day: day(exDay), knownOn: day(knownOn), kind: 'dividend', value, source: 'jquants' };
};

function found(panel: Panel, ...changes: readonly PriceChange[]) {
  const { paid, expected } = panelDividends(panel, new Map([[symbol, changes]]));
  const byDay = (column: Float64Array) =>
    Object.fromEntries([...column].flatMap((yen, t) => (yen === 0 ? [] : [[dateOfDayNumber(panel.days[t]!), yen]])));
  return { paid: byDay(paid), expected: byDay(expected) };
}

describe('dividends on a panel', () => {
  it('are paid as they came out, and expected by the newest word of the day before', () => {
    const words = [
      dividend('2024-03-28', '2023-05-10', 20),
      dividend('2024-03-28', '2024-02-09', 25),
      dividend('2024-03-28', '2024-05-09', 27),
    ];
    expect(found(panelOf('2024-03-01', '2024-04-05'), ...words)).toEqual({
      paid: { '2024-03-28': 27 },
      expected: { '2024-03-27': 25 },
    });
  });

  it('are expected as a year before where nothing is published, and never from what came later', () => {
    const csv = [dividend('2023-03-30', '2023-03-30', 20), dividend('2024-03-28', '2024-03-28', 30)];
    expect(found(panelOf('2023-03-01', '2024-04-05'), ...csv)).toEqual({
      paid: { '2023-03-30': 20, '2024-03-28': 30 },
      expected: { '2024-03-27': 20 },
    });
  });

  it('are expected for the session after the newest one', () => {
    const panel = panelOf('2024-03-01', '2024-03-27');
    expect(found(panel, dividend('2024-03-28', '2024-02-09', 25)).expected).toEqual({ '2024-03-27': 25 });
    expect(found(panel, dividend('2023-03-30', '2023-03-30', 20)).expected).toEqual({ '2024-03-27': 20 });
  });

  it('are expected from the day on which they are published, not before', () => {
    const panel = panelOf('2024-03-01', '2024-04-05');
    const published = (knownOn: string) => found(panel, dividend('2024-03-28', knownOn, 25)).expected;
    expect(published('2024-03-27')).toEqual({ '2024-03-27': 25 });
    expect(published('2024-03-28')).toEqual({});
    const lastYear = (knownOn: string) => found(panel, dividend('2023-03-30', knownOn, 20)).expected;
    expect(lastYear('2024-03-27')).toEqual({ '2024-03-27': 20 });
    expect(lastYear('2024-03-28')).toEqual({});
  });

  it('are expected and paid in order of their publication, whatever order they came in', () => {
    const words = [
      dividend('2024-03-28', '2024-03-01', 25),
      dividend('2024-03-28', '2024-02-09', 20),
      dividend('2024-03-28', '2024-04-01', 27),
      dividend('2024-03-28', '2024-02-20', 22),
    ];
    expect(found(panelOf('2024-03-01', '2024-04-05'), ...words)).toEqual({
      paid: { '2024-03-28': 27 },
      expected: { '2024-03-27': 25 },
    });
  });

  it('of the first session are expected nowhere, and those after the next one are not on the axis', () => {
    const first = dividend('2024-03-28', '2024-02-09', 25);
    expect(found(panelOf('2024-03-28', '2024-04-05'), first)).toEqual({ paid: { '2024-03-28': 25 }, expected: {} });
    expect(found(panelOf('2024-03-01', '2024-03-26'), first)).toEqual({ paid: {}, expected: {} });
    expect(dividendsOf({ symbols: [], days: new Int32Array(0) }, new Map())).toEqual([]);
  });

  it('stand in the column of their symbol, of an axis that begins later as well', () => {
    const days = Int32Array.from(
      sessionsBetween(parseTradeDate('2024-03-26'), parseTradeDate('2024-04-01')),
      dayNumber,
    );
    const ofSymbol = (code: string) =>
      ({ symbol: parseSymbol(code), tickTable: 'standard', priceBasis: 'traded' }) as const;
    const symbols = ['1301', '7203', '9984'].map(ofSymbol);
    const changes = new Map([
      [parseSymbol('7203'), [dividend('2024-03-28', '2024-02-09', 25)]],
      [parseSymbol('9984'), [dividend('2024-03-29', '2024-02-09', 40)]],
    ]);
    const dividends = dividendsOf({ symbols, days }, changes);
    expect(dividends).toEqual([
      { column: 'paid', session: 2, symbol: 1, yen: 25 },
      { column: 'expected', session: 1, symbol: 1, yen: 25 },
      { column: 'paid', session: 3, symbol: 2, yen: 40 },
      { column: 'expected', session: 2, symbol: 2, yen: 40 },
    ]);
    const rows = (column: Float64Array) => [...column.entries()].filter(([, yen]) => yen !== 0);
    const whole = dividendColumns(dividends, 0, { symbols, close: new Float64Array(15) });
    expect([rows(whole.paid), rows(whole.expected)]).toEqual([
      [
        [7, 25],
        [11, 40],
      ],
      [
        [4, 25],
        [8, 40],
      ],
    ]);
    const later = dividendColumns(dividends, 2, { symbols, close: new Float64Array(9) });
    expect([rows(later.paid), rows(later.expected)]).toEqual([
      [
        [1, 25],
        [5, 40],
      ],
      [[2, 40]],
    ]);
  });

  it('are adjusted for a split on their ex-day, not for one before it', () => {
    const split = (date: string) =>
      ({ day: day(date), knownOn: day(date), kind: 'split', value: 0.5, source: 'jquants' }) as const;
    const paid = (date: string) => {
      const changes = [dividend('2024-03-28', '2024-02-09', 24), split(date), split('2024-06-03')];
      return found(panelOf('2024-03-01', '2024-04-05', 'split-adjusted'), ...changes).paid;
    };
    expect([paid('2024-03-28'), paid('2024-03-27')]).toEqual([{ '2024-03-28': 6 }, { '2024-03-28': 12 }]);
  });

  it('that were announced to be nothing are not expected as a year before', () => {
    const words = [dividend('2023-03-30', '2023-03-30', 20), dividend('2024-03-28', '2024-02-09', 0)];
    expect(found(panelOf('2024-03-01', '2024-04-05'), ...words)).toEqual({ paid: {}, expected: {} });
  });

  it('are in the prices of the panel: divided by the splits of their source that came later', () => {
    const split = { day: day('2024-06-03'), knownOn: day('2024-06-03'), kind: 'split', value: 0.2 } as const;
    const changes = [
      dividend('2024-03-28', '2024-02-09', 25),
      { ...split, source: 'jquants' },
      { ...split, source: 'csv' },
    ];
    const panel = panelOf('2024-03-01', '2024-04-05', 'split-adjusted');
    expect(found(panel, ...changes).paid).toEqual({ '2024-03-28': 5 });
    expect(found(panelOf('2024-03-01', '2024-04-05'), ...changes).paid).toEqual({ '2024-03-28': 25 });
    expect(found(panelOf('2024-03-01', '2024-04-05', 'fully-adjusted'), ...changes)).toEqual({
      paid: {},
      expected: {},
    });
  });

  it('are added back to the label of the day before the ex-day, also of a slice', () => {
    const bars = panelOf('2024-03-26', '2024-04-01');
    const changes = new Map([[symbol, [dividend('2024-03-28', '2024-02-09', 25)]]]);
    const panel = { ...bars, dividends: panelDividends(bars, changes) };
    const label = nextSessionLogReturn(panel);
    expect(label.slice(0, 4)).toEqual(Float64Array.of(0, Math.log(1.025), 0, 0));
    expect([...nextSessionLogReturn(slicePanel(panel, 1, 4))]).toEqual([Math.log(1.025), 0, NaN]);
  });
});
