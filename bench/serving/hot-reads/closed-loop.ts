// A closed-loop load: a number of connections, each with one request after the other.
// `node closed-loop.ts '<LoopOptions as JSON>'` prints a LoopResult. Only loopback is ever its target, and its time is
// bounded.
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../../../tests/support/load/connection.ts';
import { quantile } from '../../harness/statistics.ts';
import type { LoopOptions, LoopResult } from './loop-options.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as LoopOptions;
if (options.seconds > 120 || options.connections > 2_000) throw new Error('the load is bounded');

const { port, path, seconds, connections, mostRequests = Number.POSITIVE_INFINITY, refusedSeconds = 0 } = options;
const newest = options.newest === true ? 'cache-control: no-cache\r\n' : '';
const latencies: number[] = [];
const failures: Record<string, number> = {};
const started = performance.now();
const until = started + seconds * 1_000;
let sent = 0;

await Promise.all(Array.from({ length: connections }, (_, number) => loop(requestOf(number))));
const result: LoopResult = {
  requests: latencies.length,
  seconds: (performance.now() - started) / 1_000,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  failures,
};
process.stdout.write(JSON.stringify(result), () => process.exit());

async function loop(request: Buffer): Promise<void> {
  let connection = connect(request);
  while (performance.now() < until && sent < mostRequests) {
    sent += 1;
    const before = performance.now();
    const failure = await new Promise<string | null>((resolve) => connection.send(resolve));
    if (failure === null) latencies.push(performance.now() - before);
    else failures[failure] = (failures[failure] ?? 0) + 1;
    if (failure === 'status 503') await pause(refusedSeconds * 1_000);
    if (!connection.open) connection = connect(request);
  }
  connection.close();
}

/** What the connection of this number asks, from 0. */
function requestOf(number: number): Buffer {
  const from = new Date(Date.UTC(2000, 0, 1 + number)).toISOString().slice(0, 10);
  const target = options.ownDates === true ? `${path}?from=${from}` : path;
  return Buffer.from(`GET ${target} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${newest}\r\n`);
}

function connect(request: Buffer): Connection {
  return new Connection({ host: '127.0.0.1', port, request, timeoutSeconds: 30 });
}
