import { heldIn } from '@daytrade/kabu-station';
import { ordersOf } from '@daytrade/paper';
import { count, japanClock, percent, quantity } from '../output/format.ts';
import { orderTable } from '../output/paper-report.ts';
import type { StandingSession } from './live-standing.ts';

/** A live session as it stands, by its log, its limits, and whether a process trades it. */
export function liveState({ account, session, book, limits, isTraded }: StandingSession) {
  const { halted, stopped, started, openOrders } = book;
  const held = [...heldIn(book)].filter(([, { long, short }]) => long !== 0 || short !== 0);
  return {
    account,
    session,
    state: stopped !== undefined ? 'over' : halted !== undefined ? 'halted' : 'running',
    isTraded,
    halted: halted === undefined ? null : { at: halted.at, by: halted.by, reason: halted.reason },
    limits: limits ?? (started === undefined ? null : ownLimits(started)),
    openOrders: openOrders.length,
    held: held.map(([symbol, { long, short }]) => ({ symbol, long, short })),
    orders: [...ordersOf(book, undefined, 1000)],
  };
}

/** Those of the limits that stand in the log itself, once something was decided. */
function ownLimits({ maxPosition, maxExposure, maxSessionLoss }: NonNullable<StandingSession['book']['started']>) {
  return { maxPosition, maxExposure, maxSessionLoss };
}

/** The same in words. */
export function liveReport(standing: StandingSession): string {
  const { account, session, state, isTraded, halted, limits, openOrders, held, orders } = liveState(standing);
  const lines = [`Live session ${session} of account ${account}, ${state}. Its orders are real.`];
  if (state !== 'over' && !isTraded) {
    lines.push(
      '  NO PROCESS   trades it: what it left open or holds nobody watches; daytrade live start goes on with it',
    );
  }
  if (limits !== null) {
    const { maxPosition, maxExposure, maxSessionLoss } = limits;
    lines.push(
      `  limits       ${count(maxPosition)} yen a symbol, ${count(maxExposure)} in all, ${count(maxSessionLoss)} lost`,
    );
  }
  if (standing.limits !== undefined) {
    const { maxOrdersPerMinute, maxPriceBand, staleSeconds } = standing.limits;
    const band = `${percent(maxPriceBand)} from the last price`;
    lines.push(`               ${count(maxOrdersPerMinute)} orders a minute, ${band}, prices of ${staleSeconds} s`);
  }
  lines.push(`  open         ${quantity(openOrders, 'order')}`);
  const words = held.map(
    ({ symbol, long, short }) => `${symbol} ${long > 0 ? long : ''}${short > 0 ? ` -${short}` : ''}`,
  );
  lines.push(`  held         ${words.join(', ') || 'nothing, by the fills that are known'}`);
  if (halted !== null) lines.push(`  HALTED       ${japanClock(halted.at)} by ${halted.by}: ${halted.reason}`);
  return [...lines, '', orderTable(orders)].join('\n');
}
