import type { RunLedger } from '../../run.ts';
import type { ScheduleStore } from '../../schedule/schedule.ts';

/**
 * How one scheduler reaches what all share: it may be cut off from it, and lose the answer to what it wrote. What it
 * has asked for arrives nevertheless, also when it has crashed by then.
 */
export interface Link {
  /** Whether nothing gets through now. */
  isCut: () => boolean;
  /** Asked before each call and after it; true cuts the link then, after the call so that its answer is lost. */
  cuts: () => boolean;
  /** How long a call or its answer is on the way, so that those of others come between. */
  onTheWay: () => Promise<void>;
}

/** The ledger at the far end of a link. */
export function ledgerOver(link: Link, ledger: RunLedger): RunLedger {
  return {
    create: (...input) => over(link, () => ledger.create(...input)),
    find: (id) => over(link, () => ledger.find(id)),
    list: (query) => over(link, () => ledger.list(query)),
    update: (...input) => over(link, () => ledger.update(...input)),
    unfinished: () => over(link, () => ledger.unfinished()),
  };
}

/** The schedules at the far end of a link. */
export function schedulesOver(link: Link, schedules: ScheduleStore): ScheduleStore {
  return {
    list: () => over(link, () => schedules.list()),
    serve: (...input) => over(link, () => schedules.serve(...input)),
    switch: (...input) => over(link, () => schedules.switch(...input)),
  };
}

/** Made once: a partition asks again for hours. */
const cutOff = new Error('cut off');

async function over<Value>(link: Link, call: () => Promise<Value>): Promise<Value> {
  if (link.isCut() || link.cuts()) throw cutOff;
  await link.onTheWay();
  const value = await call();
  await link.onTheWay();
  if (link.isCut() || link.cuts()) throw cutOff;
  return value;
}
