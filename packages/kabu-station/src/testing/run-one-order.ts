import type { AskedOrder, LiveConfirmation } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';
import { PaperBook } from '@daytrade/paper';
import { MemoryLog } from '@daytrade/paper/testing';
import { seededRandom } from '@daytrade/series';
import { KabuClient } from '../kabu-client.ts';
import { LiveSession } from '../live-session.ts';
import type { StreamListener } from '../price-feed.ts';
import { liveHours } from '../session-hours.ts';
import type { Transport } from '../transport.ts';
import { CrashingProcess } from './crashing-process.ts';
import { type FaultPlan, withoutFaults } from './faults.ts';
import { KabuSimulator } from './kabu-simulator.ts';
import { PricePath } from './price-path.ts';
import { paperSettings, randomConfirmation } from './random-orders.ts';
import { SimulatedClock } from './simulated-clock.ts';

const session = '2026-11-30' as TradeDate;
export const hours = liveHours(session);

/** What is different from a session in which nothing happens. */
export interface OneOrder {
  readonly faults?: Partial<FaultPlan>;
  readonly limits?: Partial<LiveConfirmation['limits']>;
  readonly paperHaltsAt?: number;
  /** Of an order to buy 100 shares at the open. */
  readonly order?: (base: number) => Partial<AskedOrder>;
  /** Further symbols of which 100 shares are to be bought. */
  readonly more?: readonly string[];
  /** Stands between the session and the broker. */
  readonly through?: (
    broker: Transport,
    parts: { readonly clock: SimulatedClock; readonly path: PricePath },
  ) => Transport;
  /** Hears the stream before the session does. */
  readonly pushes?: (
    listener: StreamListener,
    parts: { readonly clock: SimulatedClock; readonly path: PricePath },
  ) => void;
}

/** One order, through a session with some faults. */
export async function runOneOrder(one: OneOrder = {}) {
  const { faults = {}, limits = {}, paperHaltsAt = Infinity, more = [], through = (broker) => broker } = one;
  const random = seededRandom(1);
  const clock = new SimulatedClock(hours.preOpen - 10_800_000);
  const path = new PricePath(hours, random, 0);
  const simulator = new KabuSimulator({
    clock,
    hours,
    random,
    faults: { ...withoutFaults, longestLag: 30_000, ...faults },
    paths: new Map([['7203', path]]),
    password: 'secret',
  });
  const log = new MemoryLog();
  const { transport } = new CrashingProcess({ log, simulator, clock, random, crashing: 0 });
  const confirmation = randomConfirmation(random);
  const order = { symbol: '7203', side: 'buy', shares: 100, type: 'market', time: 'open', price: null } as const;
  const asked = { ...order, stopLoss: null, takeProfit: null, closes: true, ...one.order?.(path.base) };
  const client = new KabuClient({ transport: through(transport, { clock, path }), password: () => 'secret', clock });
  const wide = { ...confirmation.limits, maxPosition: 1e6, maxExposure: 2e6, maxSessionLoss: 1e6 };
  const parts = {
    log,
    client,
    openStream: (listener: StreamListener) => {
      one.pushes?.(listener, { clock, path });
      return simulator.listen(listener);
    },
    clock,
    confirmation: { ...confirmation, limits: { ...wide, ...limits } },
    decision: async () => ({
      settings: paperSettings,
      orders: [asked, ...more.map((symbol) => ({ ...asked, symbol }))],
    }),
    paperHalt: async () => (clock.now() < paperHaltsAt ? undefined : 'by the page'),
    say: () => undefined,
  };
  const outcome = await new LiveSession(parts, session).run();
  simulator.advance();
  const book = new PaperBook(log.events);
  const states = [...book.orders.values()].map(({ side, state }) => `${side} ${state}`);
  return { outcome, states, simulator, book, logins: client.logins, held: simulator.held('7203') };
}
