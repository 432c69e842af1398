import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, startNode, startPython } from '../../harness/child.ts';
import { type Bar, type Comparison, compare } from '../../harness/result.ts';
import type { SuiteContext } from '../../harness/suite.ts';
import { portPrinted } from '../port-printed.ts';
import type { LoopOptions, LoopResult } from './closed-loop.ts';
import { MeasuredPlatform } from './measured-platform.ts';

/** Set before anything was measured. */
const throughput: Bar = { sense: 'at least', must: 1, aim: 2 };
const latency: Bar = { sense: 'at most', must: 1 };
const stall: Bar = { sense: 'at most', must: 250 };
const growth: Bar = { sense: 'at most', must: 5 };

/** The most frequent requests. */
const reads = [
  { name: 'predictions', service: 'ml', path: '/v1/predictions/latest' },
  { name: 'bars of a symbol', service: 'data', path: '/v1/bars/0101' },
  { name: 'accuracy', service: 'ml', path: '/v1/accuracy' },
] as const;
const connectionCounts = [16, 128];
/** Below the limit of connections; 16 requests are answered at once, and 512 wait. */
const mostConnections = 900;

/**
 * Measures reads of the platform: against FastAPI on uvicorn that answers the same JSON from memory, beyond its
 * capacity beside a training, and their memory.
 */
export async function measureHotReads(context: SuiteContext): Promise<readonly Comparison[]> {
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
    const own = [await longestStall(context, platform), await memoryGrowth(context, platform)];
    return [...comparisons, ...own];
  } finally {
    peer.kill('SIGKILL');
  }
}

async function runLoop(options: LoopOptions): Promise<LoopResult> {
  return (await answerOf(startNode(join(import.meta.dirname, 'closed-loop.ts'), options))) as LoopResult;
}

/** Compares requests per second and p99 of each read with FastAPI, in turns. */
async function comparePeer(
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
  const row = (title: string, unit: string, [ours, value]: readonly [number, number], bar: Bar) => {
    const note =
      `best of the rounds, ${seconds} s a side; FastAPI with bytes made once: ${Math.round(rate(found.bytes))} ` +
      'requests/s';
    const peer = { name: 'FastAPI', value };
    return compare({ name: title, unit, ours, peer, figure: ours / value, kind: 'ratio', bar, note });
  };
  return [
    row(name, 'requests/s', [rate(found.ours), rate(found.objects)], throughput),
    row(`${name}, p99`, 'ms', [p99(found.ours), p99(found.objects)], latency),
  ];
}

/** Measures the longest answer of `/healthz` beside a training and more requests than can be answered. */
async function longestStall(context: SuiteContext, platform: MeasuredPlatform): Promise<Comparison> {
  context.progress('more than it can do, beside a training');
  await platform.keepTraining();
  const { data: port } = platform.ports;
  let longest = 0;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      const before = performance.now();
      await platform.read(port, '/healthz');
      longest = Math.max(longest, performance.now() - before);
      await pause(20);
    }
  };
  const load = { port, path: reads[1].path, connections: mostConnections, seconds: context.quick ? 2 : 10 };
  const watching = watch();
  await runLoop({ ...load, overload: true });
  isOver = true;
  await watching;
  const name = 'longest answer of /healthz under any load';
  return compare({ name, unit: 'ms', figure: longest, kind: 'milliseconds', bar: stall });
}

/** Measures the memory that a hundred thousand reads leave, with warm caches and no training. */
async function memoryGrowth(context: SuiteContext, platform: MeasuredPlatform): Promise<Comparison> {
  context.progress('memory of 100,000 requests');
  await platform.trainingsEnd();
  const mostRequests = context.quick ? 1_000 : 100_000;
  const load = { port: platform.ports.ml, path: reads[0].path, connections: 16, seconds: 120 };
  await runLoop({ ...load, mostRequests: mostRequests / 5 });
  const before = platform.memory;
  const { requests } = await runLoop({ ...load, mostRequests });
  const after = platform.memory;
  return compare({
    name: `memory after ${requests.toLocaleString('en')} requests`,
    unit: 'MiB',
    figure: (100 * (after - before)) / before,
    kind: 'percent',
    bar: growth,
    note: `${before.toFixed(0)} before, ${after.toFixed(0)} after`,
  });
}
