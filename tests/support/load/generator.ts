import { text } from 'node:stream/consumers';
import { Lane } from './lane.ts';
import type { LoadOptions, LoadResult } from './load-options.ts';

// An open-loop load generator: a request is sent when it is due, whether or not earlier ones were answered, so a slow
// service cannot slow the load down and hide it. It shares two processors with what it measures, and so it speaks
// HTTP/1.1 over sockets: a client as node:http or undici takes a multiple of the processor, and its garbage collection
// looks like a delay of the service. Runs as a process of its own, with its options as JSON on standard input: a token
// is among them, and everybody on the machine sees arguments.

let stopped = false;
process.on('SIGTERM', () => {
  stopped = true;
});
const options = JSON.parse(await text(process.stdin)) as LoadOptions;
const target = new URL(options.url);
if (target.hostname !== '127.0.0.1') throw new Error(`the load goes to 127.0.0.1 only, not to ${target.hostname}`);
if (!(options.seconds <= 600 && options.requestsPerSecond <= 1000)) throw new Error('the load is bounded');

const { connections, connectionSeconds, timeoutSeconds, requestsPerSecond } = options;
const lines = [`GET ${target.pathname}${target.search} HTTP/1.1`, `host: ${target.host}`];
const request = Buffer.from(`${[...lines, `authorization: Bearer ${options.token}`].join('\r\n')}\r\n\r\n`);
const to = {
  host: target.hostname,
  port: Number(target.port),
  request,
  timeoutSeconds,
  connectionSeconds,
};
const lanes = Array.from(
  { length: connections },
  (_, index) => new Lane({ ...to, firstSeconds: (1 + index / connections) * connectionSeconds }),
);
const started = performance.now();
const seconds: { latencies: number[]; failures: Record<string, number> }[] = [];
let sent = 0;
let open = 0;
tick();

function tick(): void {
  const elapsed = performance.now() - started;
  const over = stopped || elapsed >= options.seconds * 1000;
  const due = Math.floor((Math.min(elapsed, options.seconds * 1000) / 1000) * requestsPerSecond);
  if (!stopped) while (sent < due) send(sent++);
  if (!over || open > 0) {
    setTimeout(tick, Math.max(1, Math.ceil(dueAt(sent) - performance.now())));
    return;
  }
  const result: LoadResult = { seconds };
  process.stdout.write(JSON.stringify(result), () => process.exit());
}

function dueAt(number: number): number {
  return started + ((number + 1) / requestsPerSecond) * 1000;
}

function send(number: number): void {
  const due = dueAt(number);
  const lane = lanes[number % lanes.length] as Lane;
  open += 1;
  lane.send((failure) => {
    open -= 1;
    record(due, failure);
  });
}

function record(due: number, failure: string | null): void {
  const index = Math.floor((due - started) / 1000);
  while (seconds.length <= index) seconds.push({ latencies: [], failures: {} });
  const second = seconds[index] as (typeof seconds)[number];
  if (failure === null) second.latencies.push(Math.round((performance.now() - due) * 10));
  else second.failures[failure] = (second.failures[failure] ?? 0) + 1;
}
