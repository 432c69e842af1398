import type { TradeDate } from '@daytrade/market';
import { PaperBook } from '@daytrade/paper';
import { MemoryLog } from '@daytrade/paper/testing';
import { KabuClient } from '../kabu-client.ts';
import { haltSession } from '../live-ledger.ts';
import { LiveSession } from '../live-session.ts';
import { liveHours } from '../session-hours.ts';
import { Audit, type AuditFindings } from './audit.ts';
import { Crash, CrashingProcess } from './crashing-process.ts';
import { type FaultPlan, randomFaults } from './faults.ts';
import { KabuSimulator } from './kabu-simulator.ts';
import { PricePath } from './price-path.ts';
import { paperSettings, randomConfirmation, randomOrders } from './random-orders.ts';
import { SimulatedClock } from './simulated-clock.ts';

const session = '2026-11-30' as TradeDate;
const password = 'the password of the simulator';
const threeHours = 10_800_000;
const codes = ['1301', '2914', '6758', '7203', '9984'];

/** What a simulated session showed. */
export interface SimulatedOutcome extends AuditFindings {
  readonly halted: string | undefined;
  readonly crashes: number;
  readonly fills: number;
  /** The log of the session, which is all that it left. */
  readonly book: PaperBook;
}

/**
 * Runs a session against the simulator from before dawn to its end, with orders, faults, crashes and halts at random.
 *
 * @param planned faults in the place of random ones; then it does not crash either
 */
export async function simulateSession(random: () => number, planned?: FaultPlan): Promise<SimulatedOutcome> {
  const hours = liveHours(session);
  const clock = new SimulatedClock(hours.open - threeHours);
  const faults = planned ?? randomFaults(hours, random);
  const fall = random() < 0.3 ? 0.02 + 0.1 * random() : 0;
  const traded = codes.slice(0, 2 + Math.floor(random() * 4));
  const paths = new Map(traded.map((code) => [code, new PricePath(hours, random, fall)]));
  const confirmation = randomConfirmation(random);
  const log = new MemoryLog();
  let audit: Audit | undefined;
  const onOrder = (order: Parameters<Audit['taken']>[0]) => audit!.taken(order);
  const simulator = new KabuSimulator({ clock, hours, random, faults, paths, password, onOrder });
  audit = new Audit({ simulator, clock, hours, paths, log, limits: confirmation.limits });
  if (random() < 0.25) haltAtRandom();
  const decided = { settings: paperSettings, orders: randomOrders(paths, random) };
  const decidedAt = hours.preOpen + 300_000 * random();
  const crashing = planned === undefined && random() < 0.3 ? 0.02 * random() : 0;
  let crashes = 0;

  function haltAtRandom(): void {
    const early = random() < 0.3 ? 0.05 : 1;
    const at = hours.preOpen + (hours.close - hours.preOpen) * early * random();
    const halt = async () => {
      const events = haltSession(new PaperBook(log.events), 'by hand', {
        by: 'somebody',
        at: new Date(at).toISOString(),
      });
      await log.append(log.events.length, events);
    };
    clock.at(at, halt, true);
  }

  async function runOnce(): Promise<Awaited<ReturnType<LiveSession['run']>> | undefined> {
    const often = crashes < 3 ? crashing : 0;
    const process = new CrashingProcess({ log, simulator, clock, random, crashing: often });
    const client = new KabuClient({ transport: process.transport, password: () => password, clock });
    const live = new LiveSession(
      {
        log: process.log,
        client,
        openStream: (listener) => simulator.listen(listener),
        clock,
        confirmation,
        decision: async () => (clock.now() < decidedAt ? undefined : decided),
        paperHalt: async () => undefined,
        say: () => undefined,
      },
      session,
    );
    try {
      return await live.run();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      await clock.wait(2_000 + 18_000 * random());
      return undefined;
    }
  }

  for (;;) {
    const ended = await runOnce();
    if (ended === undefined) continue;
    const fills = log.events.filter(({ kind }) => kind === 'filled').length;
    const found = audit.findings(ended.halted, ended.remaining);
    return { ...found, halted: ended.halted, crashes, fills, book: new PaperBook(log.events) };
  }
}
