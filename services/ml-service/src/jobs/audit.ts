import type { AuditReport } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { dateOfDayNumber } from '@daytrade/market';
import type { AuditOutput } from '../computation/compute.worker.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readNights } from '../in-day/overnight.ts';
import { readFiveMinuteBars } from '../session-path.ts';
import { type HashedUniverse, readHashedUniverse } from '../universe.ts';

/** Job `audit`: the leak audit on the stored bars. Its result is the whole report. */
export function auditJob({ stores, computations }: MlServiceDependencies): JobDefinition {
  return defineJob('audit', async ({ payload: request, signal, progress }) => {
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readHashedUniverse(stores, request.symbols);
    const { panel } = universe;
    const nights = await readNights(stores, panel, universe.synthetic);
    const input = { panel, bars: await readFiveMinuteBars(stores, panel), ...nights, probes: request.probes };
    const output = await computations.audit(input, { signal, onProgress: progress });
    signal.throwIfAborted();
    return { report: toAuditReport(output, universe), leftOut: universe.leftOut };
  });
}

/** Adds to the findings what only the service knows: which bars they are of. */
function toAuditReport({ report, seconds }: AuditOutput, { panel, synthetic, dataHash }: HashedUniverse): AuditReport {
  return {
    ...report,
    synthetic,
    dataHash,
    from: dateOfDayNumber(panel.days[0]!),
    to: dateOfDayNumber(panel.days.at(-1)!),
    seconds,
  };
}
