import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';

import { describe, expect, it } from 'vitest';
import { buildPanel } from './build-panel.ts';
import { limitColumns } from './limit-tracks.ts';
import type { Panel } from './panel.ts';

type Basis = Panel['symbols'][number]['priceBasis'];

/** Sessions from 2024-01-04 on, each open, high, low and close; undefined without a trade. */
function panelOf(basis: Basis, ...bars: readonly (readonly [number, number, number, number] | undefined)[]): Panel {
  const dates = ['2024-01-04', '2024-01-05', '2024-01-09', '2024-01-10'].slice(0, bars.length);
  const traded = dates.flatMap((date, t) => {
    const bar = bars[t];
    return bar === undefined ? [] : [{ day: dayNumber(parseTradeDate(date)), bar }];
  });
  const column = (place: 0 | 1 | 2 | 3) => Float64Array.from(traded, ({ bar }) => bar[place]);
  const symbol = { symbol: parseSymbol('7203'), tickTable: 'standard', priceBasis: basis } as const;
  const bars1 = {
    days: Int32Array.from(traded, ({ day }) => day),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: Float64Array.from(traded, () => 100),
  };
  return buildPanel([{ symbol, bars: bars1 }]);
}

const flat = (price: number) => [price, price, price, price] as const;

describe('limits of the next session', () => {
  it('are the ordinary ones after a session with a trade within them', () => {
    const { lower, upper } = limitColumns(panelOf('traded', [990, 1010, 980, 1000], [900, 900, 820, 850]));
    expect([...lower]).toEqual([700, 700]);
    expect([...upper]).toEqual([1300, 1000]);
  });

  it('are widened below after two sessions at the lower limit', () => {
    const { lower, upper } = limitColumns(panelOf('traded', [990, 1010, 980, 1000], flat(700), flat(550)));
    expect([...lower]).toEqual([700, 550, 150]);
    expect([...upper]).toEqual([1300, 850, 650]);
  });

  it('go on through sessions without a trade', () => {
    const bars = panelOf('traded', [990, 1010, 980, 1000], undefined, undefined, [300, 310, 295, 300]);
    const { lower, upper } = limitColumns(bars);
    expect([...lower]).toEqual([700, 550, 150, 220]);
    expect([...upper]).toEqual([1300, 1600, 3200, 380]);
  });

  it('are those of a traded price of that size in adjusted prices, never widened', () => {
    const { lower } = limitColumns(panelOf('split-adjusted', [990, 1010, 980, 1000], flat(700), flat(550)));
    expect([...lower]).toEqual([700, 550, 450]);
  });
});
