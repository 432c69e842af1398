import { routes } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import type { LiveDecision } from '@daytrade/kabu-station';
import type { TradeDate } from '@daytrade/market';
import type { Connection } from '../platform/connection.ts';

/** Why the paper book that runs cannot be followed at a broker; undefined where it can. */
export async function whyNotFollowed({ ml }: Connection): Promise<string | undefined> {
  const { running, settings, halted } = await ml.call(routes.paperBook);
  if (!running || settings === null) return 'no paper book is running, and a live session sends what it decides';
  if (settings.account !== 'day-margin') return `the paper book is a ${settings.account} account, not day-margin`;
  if (settings.synthetic) return 'the paper book trades on bars of the synthetic exchange';
  return halted === null ? undefined : `the paper book is halted: ${halted.reason}`;
}

/**
 * Why the paper book is halted; undefined where it is not, or where nobody answers soon.
 *
 * @param patience milliseconds for which it is waited: what is held at the broker waits as well
 */
export async function paperHalt({ ml }: Pick<Connection, 'ml'>, patience = 2_000): Promise<string | undefined> {
  const signal = AbortSignal.timeout(patience);
  try {
    return (await ml.call(routes.paperBook, { signal })).halted?.reason;
  } catch (error) {
    if (!(isDayTradeError(error) || signal.aborted)) throw error;
    return undefined;
  }
}

/** What the paper book decided of a session; undefined before it has, and where nobody answers. */
export async function paperDecision(
  connection: Connection,
  session: TradeDate,
  say: (line: string) => void,
): Promise<LiveDecision | undefined> {
  try {
    const why = await whyNotFollowed(connection);
    if (why !== undefined) {
      say(why);
      return undefined;
    }
    const { settings, sessions } = await connection.ml.call(routes.paperBook);
    if (settings === null || sessions[0]?.session !== session) return undefined;
    const { orders } = await connection.ml.call(routes.paperOrders, { query: { session, limit: 1000 } });
    const sent = orders.filter(({ key, state }) => !key.includes('/broker/') && state === 'accepted');
    // Until each of them has its answer the paper book is not done.
    if (orders.some(({ state }) => state === 'intended' || state === 'sent')) return undefined;
    return {
      settings,
      orders: sent.map(({ symbol, side, shares, type, time, price, stopLoss, takeProfit, closes }) => {
        return { symbol, side, shares, type, time, price, stopLoss, takeProfit, closes };
      }),
    };
  } catch (error) {
    if (!isDayTradeError(error)) throw error;
    say(error.message);
    return undefined;
  }
}
