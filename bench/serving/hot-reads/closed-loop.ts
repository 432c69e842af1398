// A closed-loop load: a number of connections, each with one request after the other.
// `node closed-loop.ts '<LoopOptions as JSON>'` prints a LoopResult. Its target is always loopback, for a bounded time.
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../../../tests/support/load/connection.ts';
import { quantile } from '../../harness/statistics.ts';

/** A load to put on a port. */
export interface LoopOptions {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** At most 120. */
  readonly seconds: number;
  /** Ends earlier after this many requests. */
  readonly mostRequests?: number;
  /** Asks each request for an answer that is neither kept nor shared, and pauses a second after a 503. */
  readonly overload?: boolean;
}

/** Result of a load. */
export interface LoopResult {
  /** Answers with status 200. */
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from the first byte sent to the last one received, of these requests. */
  readonly p99: number;
  /** Other outcomes by kind. */
  readonly failures: Readonly<Record<string, number>>;
}

const options = JSON.parse(process.argv[2] ?? '{}') as LoopOptions;
if (options.seconds > 120 || options.connections > 2_000) throw new Error('the load is bounded');

const { port, path, seconds, connections, mostRequests = Number.POSITIVE_INFINITY, overload = false } = options;
const latencies: number[] = [];
const failures: Record<string, number> = {};
const started = performance.now();
const until = started + seconds * 1_000;
let sent = 0;

await Promise.all(Array.from({ length: connections }, (_, number) => loop(requestOf(number))));
const result: LoopResult = {
  requests: latencies.length,
  seconds: (performance.now() - started) / 1_000,
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
    if (failure === 'status 503') await pause(overload ? 1_000 : 0);
    if (!connection.open) connection = connect(request);
  }
  connection.close();
}

/** Returns the request of a connection; under overload each connection asks from a date of its own. */
function requestOf(number: number): Buffer {
  const from = new Date(Date.UTC(2000, 0, 1 + number)).toISOString().slice(0, 10);
  const target = overload ? `${path}?from=${from}` : path;
  const newest = overload ? 'cache-control: no-cache\r\n' : '';
  return Buffer.from(`GET ${target} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${newest}\r\n`);
}

function connect(request: Buffer): Connection {
  return new Connection({ host: '127.0.0.1', port, request, timeoutSeconds: 30 });
}
