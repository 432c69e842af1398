import { heldIn } from '@daytrade/kabu-station';
import { ordersOf } from '@daytrade/paper';
import { count, japanClock, quantity } from '../output/format.ts';
import { orderTable } from '../output/paper-report.ts';
import type { KeptSession } from './live-folder.ts';

/** A live session as it stands, by its log alone. */
export function liveState({ account, session, book }: KeptSession) {
  const { halted, stopped, started, openOrders } = book;
  const held = [...heldIn(book)].filter(([, { long, short }]) => long !== 0 || short !== 0);
  return {
    account,
    session,
    state: stopped !== undefined ? 'over' : halted !== undefined ? 'halted' : 'running',
    halted: halted === undefined ? null : { at: halted.at, by: halted.by, reason: halted.reason },
    limits:
      started === undefined
        ? null
        : {
            maxPosition: started.maxPosition,
            maxExposure: started.maxExposure,
            maxSessionLoss: started.maxSessionLoss,
          },
    openOrders: openOrders.length,
    held: held.map(([symbol, { long, short }]) => ({ symbol, long, short })),
    orders: [...ordersOf(book, undefined, 1000)],
  };
}

/** The same in words. */
export function liveReport(kept: KeptSession): string {
  const { account, session, state, halted, limits, openOrders, held, orders } = liveState(kept);
  const lines = [`Live session ${session} of account ${account}, ${state}. Its orders are real.`];
  if (limits !== null) {
    const { maxPosition, maxExposure, maxSessionLoss } = limits;
    lines.push(
      `  limits       ${count(maxPosition)} yen a symbol, ${count(maxExposure)} in all, ${count(maxSessionLoss)} lost`,
    );
  }
  lines.push(`  open         ${quantity(openOrders, 'order')}`);
  const words = held.map(
    ({ symbol, long, short }) => `${symbol} ${long > 0 ? long : ''}${short > 0 ? ` -${short}` : ''}`,
  );
  lines.push(`  held         ${words.join(', ') || 'nothing, by the fills that are known'}`);
  if (halted !== null) lines.push(`  HALTED       ${japanClock(halted.at)} by ${halted.by}: ${halted.reason}`);
  return [...lines, '', orderTable(orders)].join('\n');
}
