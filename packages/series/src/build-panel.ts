import { DayTradeError } from '@daytrade/errors';
import { type DayNumber, dateOfDayNumber, dayNumber, sessionsBetween } from '@daytrade/market';
import { sharedArray } from './arrays.ts';
import {
  type BarColumns,
  barNames,
  type DayColumn,
  mapBars,
  mapDividends,
  mapOwn,
  type Panel,
  type PanelSymbol,
  type SessionIndex,
} from './panel.ts';

/** The bars of one symbol, as the bar store gives them. */
export interface PanelInput {
  readonly symbol: PanelSymbol;
  readonly bars: BarColumns;
}

/**
 * Puts the bars of several symbols on one axis: every session of the exchange from the first bar of any symbol to the
 * last, so that t + 1 is always the next session. Symbols keep the order of the inputs; a session without a bar of a
 * symbol is NaN. The columns lie on SharedArrayBuffers: the panel crosses to a thread without a copy.
 *
 * @param after begins the axis with the session after this one, for bars that go on from those of another panel
 * @throws DayTradeError `series.bars-invalid` when a bar lies on a day on which the exchange was closed
 */
export function buildPanel(inputs: readonly PanelInput[], after?: DayNumber): Panel {
  const days = sessionAxis(inputs, after);
  const size = days.length * inputs.length;
  const panel = {
    symbols: inputs.map((input) => input.symbol),
    days,
    open: sharedArray(size),
    high: sharedArray(size),
    low: sharedArray(size),
    close: sharedArray(size),
    volume: sharedArray(size),
  };
  for (let first = 0; first < inputs.length; first += symbolsAtOnce) {
    fillColumns(panel, inputs.slice(first, first + symbolsAtOnce), first);
  }
  return panel;
}

/**
 * Symbols whose bars are put on the axis side by side: as many numbers as one line of the processor's cache holds. One
 * symbol after another would fetch each line for a single number, and four thousand symbols would take seconds.
 */
const symbolsAtOnce = 8;

/** Writes the bars of some symbols, which are those of the panel from place `first` on. */
function fillColumns(panel: Panel, inputs: readonly PanelInput[], first: number): void {
  const count = inputs.length;
  const barAt = barsOnAxis(panel.days, inputs);
  for (const name of barNames) {
    const column = panel[name];
    const sources = inputs.map(({ bars }) => bars[name]);
    for (let t = 0; t < panel.days.length; t += 1) {
      const row = t * panel.symbols.length + first;
      for (let s = 0; s < count; s += 1) {
        const bar = barAt[t * count + s]!;
        column[row + s] = bar < 0 ? Number.NaN : sources[s]![bar]!;
      }
    }
  }
}

/** Index of each symbol's bar in a session, session by session; -1 without one. */
function barsOnAxis(days: DayColumn, inputs: readonly PanelInput[]): Int32Array {
  const count = inputs.length;
  const barAt = new Int32Array(days.length * count).fill(-1);
  for (const [s, { symbol, bars }] of inputs.entries()) {
    let next = 0;
    for (let t = 0; t < days.length; t += 1) {
      if (bars.days[next] !== days[t]) continue;
      barAt[t * count + s] = next;
      next += 1;
    }
    const left = bars.days[next];
    if (left !== undefined) throw onClosedDay(symbol, left);
  }
  return barAt;
}

/**
 * Sessions `fromT` (inclusive) to `toT` (exclusive) of a panel, clamped to it, as views on the same memory. Copy before
 * posting a small slice to a thread: a structured clone takes the whole memory behind a view.
 */
export function slicePanel(panel: Panel, fromT: SessionIndex, toT: SessionIndex): Panel {
  const last = panel.days.length;
  const from = Math.min(Math.max(0, fromT), last);
  const to = Math.min(Math.max(from, toT), last);
  const rows = [from * panel.symbols.length, to * panel.symbols.length] as const;
  const view = (column: Float64Array) => column.subarray(...rows);
  return {
    symbols: panel.symbols,
    days: panel.days.subarray(from, to),
    ...mapBars(panel, view),
    dividends: mapDividends(panel.dividends, view),
    ...(panel.members && { members: panel.members.subarray(...rows) }),
    ...mapOwn(panel.own, view),
  };
}

function sessionAxis(inputs: readonly PanelInput[], after: DayNumber | undefined): DayColumn {
  let first = after === undefined ? Infinity : after + 1;
  let last = -Infinity;
  for (const { bars } of inputs) {
    if (after === undefined) first = Math.min(first, bars.days[0] ?? Infinity);
    last = Math.max(last, bars.days.at(-1) ?? -Infinity);
  }
  if (first > last) return new Int32Array(0);
  return Int32Array.from(sessionsBetween(dateOfDayNumber(first), dateOfDayNumber(last)), dayNumber);
}

function onClosedDay({ symbol }: PanelSymbol, day: DayNumber): DayTradeError {
  const date = dateOfDayNumber(day);
  const message = `bars of ${symbol} on ${date}: the exchange was closed on that day`;
  return new DayTradeError('series.bars-invalid', message);
}
