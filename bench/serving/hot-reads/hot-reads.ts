import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPython } from '../../harness/child.ts';
import type { SuiteFindings } from '../../harness/result.ts';
import type { SuiteContext } from '../../harness/suite.ts';
import { portPrinted } from '../port-printed.ts';
import { comparePeer } from './compare-peer.ts';
import { MeasuredPlatform } from './measured-platform.ts';
import { reads } from './reads.ts';
import { loadTable } from './rising-load.ts';

const notes = [
  'Hot reads: `daytrade up` on 40 synthetic symbols, as a user starts it, one process for all services, against ' +
    'FastAPI on uvicorn (uvloop, httptools, no access log) that answers the same JSON from memory: as objects, ' +
    'which is how FastAPI is used, and as bytes that were made once, for comparison. The same closed-loop client ' +
    'for both, in a process of its own, in turns.',
  'The load table: an open loop that sends each request when it is due, while one training after the other runs ' +
    'in the same platform; `/healthz` is asked every 20 ms beside it.',
];

/** Reads of the whole platform: against FastAPI, at rising rates beside a training, and beyond what it can do. */
export async function measureHotReads(context: SuiteContext): Promise<SuiteFindings> {
  context.progress('starting the platform on synthetic bars');
  await using platform = await MeasuredPlatform.start();
  const folder = join(context.cache, 'hot-reads');
  mkdirSync(folder, { recursive: true });
  const bodies: Record<string, string> = {};
  for (const { service, path } of reads) {
    const file = join(folder, `${path.replaceAll('/', '-').slice(1)}.json`);
    bodies[path] = file;
    writeFileSync(file, await platform.read(platform.ports[service], path));
  }
  const peer = startPython(context.python, 'serving_hot_reads.py', { bodies });
  try {
    const comparisons = await comparePeer(context, platform, await portPrinted(peer));
    const { table, comparisons: held } = await loadTable(context, platform);
    return { comparisons: [...comparisons, ...held], tables: [table], notes, skipped: [] };
  } finally {
    peer.kill('SIGKILL');
  }
}
