// A closed-loop load: so many connections, each with one request after the other. `node closed-loop.ts '<LoopOptions as JSON>'` prints a
// LoopResult. Only loopback is ever its target, and its time is bounded.
import { Connection } from '../../../tests/kubernetes/load/connection.ts';
import { quantile } from '../../harness/statistics.ts';
import type { LoopOptions, LoopResult } from './loop-options.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as LoopOptions;
if (options.seconds > 120 || options.connections > 2_000) throw new Error('the load is bounded');

const { port, path, seconds, connections, mostRequests = Number.POSITIVE_INFINITY } = options;
const newest = options.newest === true ? 'cache-control: no-cache\r\n' : '';
const request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${newest}\r\n`);
const latencies: number[] = [];
const failures: Record<string, number> = {};
const started = performance.now();
const until = started + seconds * 1_000;
let sent = 0;

await Promise.all(Array.from({ length: connections }, () => loop()));
const result: LoopResult = {
  requests: latencies.length,
  seconds: (performance.now() - started) / 1_000,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  failures,
};
process.stdout.write(JSON.stringify(result), () => process.exit());

async function loop(): Promise<void> {
  let connection = connect();
  while (performance.now() < until && sent < mostRequests) {
    sent += 1;
    const before = performance.now();
    const failure = await new Promise<string | null>((resolve) => connection.send(resolve));
    if (failure === null) latencies.push(performance.now() - before);
    else failures[failure] = (failures[failure] ?? 0) + 1;
    if (!connection.open) connection = connect();
  }
  connection.close();
}

function connect(): Connection {
  return new Connection({ host: '127.0.0.1', port, request, timeoutSeconds: 30 });
}
