import { dateOfDayNumber, type InDayHorizon, instantOf } from '@daytrade/market';
import type { IntradayColumns, Panel, SessionIndex } from '@daytrade/series';
import type { WithinDayBars } from './within-day-pipeline.ts';

const barMilliseconds = 300_000;

/** By how much what nobody can know yet is changed: prices, shares, returns in America. */
const otherPrices = 1.04;
const otherShares = 7;

/** The bars with everything changed that is not known yet at a horizon of a session. */
export function changedAfter(
  { panel, bars, overnight, vix }: WithinDayBars,
  session: SessionIndex,
  horizon: InDayHorizon,
): WithinDayBars {
  const time = horizon.slice('close@'.length);
  const knownAt = instantOf(dateOfDayNumber(panel.days[session]!), time === 'open' ? '09:00' : time);
  return {
    panel: changedPanel(panel, session, horizon),
    bars: bars.map((own) => own && changedBars(own, knownAt)),
    // What is known at 08:30 of session t + 1 stands at t.
    overnight: overnight?.map((value, t) => (t >= session ? 0.01 - 2 * value : value)),
    vix: vix?.map((value, t) => (t >= session ? 60 - value : value)),
  };
}

/** The bar of the session is not known but for its open, and that only from the open on. */
function changedPanel(panel: Panel, session: SessionIndex, horizon: InDayHorizon): Panel {
  const from = session * panel.symbols.length;
  const openFrom = horizon === 'close@08:30' ? from : from + panel.symbols.length;
  const changed = (column: Float64Array, first: number, factor: number) =>
    column.map((value, row) => (row >= first ? value * factor : value));
  return {
    ...panel,
    open: changed(panel.open, openFrom, otherPrices),
    high: changed(panel.high, from, otherPrices),
    low: changed(panel.low, from, otherPrices),
    close: changed(panel.close, from, otherPrices),
    volume: changed(panel.volume, from, otherShares),
  };
}

function changedBars(own: IntradayColumns, knownAt: number): IntradayColumns {
  const changed = (column: Float64Array, factor: number) =>
    column.map((value, i) => (own.times[i]! + barMilliseconds > knownAt ? value * factor : value));
  return {
    times: own.times,
    open: changed(own.open, otherPrices),
    high: changed(own.high, otherPrices),
    low: changed(own.low, otherPrices),
    close: changed(own.close, otherPrices),
    volume: changed(own.volume, otherShares),
  };
}
