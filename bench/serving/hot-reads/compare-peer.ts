import { join } from 'node:path';
import { answerOf, startNode } from '../../harness/child.ts';
import { type Bar, type Comparison, compare } from '../../harness/result.ts';
import type { SuiteContext } from '../../harness/suite.ts';
import type { LoopOptions, LoopResult } from './loop-options.ts';
import type { MeasuredPlatform } from './measured-platform.ts';
import { reads } from './reads.ts';

/** As they were set before anything was measured. */
const throughput: Bar = { sense: 'at least', must: 1, aim: 2 };
const latency: Bar = { sense: 'at most', must: 1 };

const connectionCounts = [16, 128];
const program = join(import.meta.dirname, 'closed-loop.ts');

/** Runs the closed loop in a process of its own. */
export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  return (await answerOf(startNode(program, options))) as LoopResult;
}

/** Requests in a second and the p99 of each read at 16 and at 128 connections, ours and FastAPI's in turns. */
export async function comparePeer(
  context: SuiteContext,
  platform: MeasuredPlatform,
  peerPort: number,
): Promise<readonly Comparison[]> {
  const { rounds, seconds } = context.quick ? { rounds: 1, seconds: 1 } : { rounds: 3, seconds: 5 };
  const comparisons: Comparison[] = [];
  for (const { name, service, path } of reads) {
    for (const connections of connectionCounts) {
      context.progress(`${name} at ${connections} connections`);
      const found = { ours: [] as LoopResult[], objects: [] as LoopResult[], bytes: [] as LoopResult[] };
      for (let round = 0; round < rounds; round += 1) {
        const loop = { connections, seconds };
        found.ours.push(await runLoop({ ...loop, port: platform.ports[service], path }));
        found.objects.push(await runLoop({ ...loop, port: peerPort, path }));
        found.bytes.push(await runLoop({ ...loop, port: peerPort, path: `/bytes${path}` }));
      }
      comparisons.push(...judge(`${name}, ${connections} connections`, found, rounds * seconds));
    }
  }
  return comparisons;
}

function judge(
  name: string,
  found: Readonly<Record<'ours' | 'objects' | 'bytes', readonly LoopResult[]>>,
  seconds: number,
): readonly Comparison[] {
  const failed = found.ours.flatMap(({ failures }) => Object.entries(failures));
  if (failed.length > 0) throw new Error(`requests failed: ${JSON.stringify(failed)}`);
  const rate = (results: readonly LoopResult[]) => Math.max(...results.map((one) => one.requests / one.seconds));
  const p99 = (results: readonly LoopResult[]) => Math.min(...results.map((one) => one.p99));
  const note =
    `best of the rounds, ${seconds} s a side; FastAPI with bytes made once: ${Math.round(rate(found.bytes))} ` +
    'requests/s';
  return [
    compare({
      name,
      unit: 'requests/s',
      ours: rate(found.ours),
      peer: { name: 'FastAPI', value: rate(found.objects) },
      figure: rate(found.ours) / rate(found.objects),
      kind: 'ratio',
      bar: throughput,
      note,
    }),
    compare({
      name: `${name}, p99`,
      unit: 'ms',
      ours: p99(found.ours),
      peer: { name: 'FastAPI', value: p99(found.objects) },
      figure: p99(found.ours) / p99(found.objects),
      kind: 'ratio',
      bar: latency,
    }),
  ];
}
