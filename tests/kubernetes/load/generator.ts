import { Agent, type IncomingMessage, request } from 'node:http';
import type { LoadOptions, LoadResult } from './load-options.ts';

// An open-loop load generator: a request is sent when it is due, whether or not earlier ones were answered, so a slow service
// cannot slow the load down and hide it. Runs as a process of its own: `node generator.ts '<options as JSON>'`.

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const target = new URL(options.url);
if (target.hostname !== '127.0.0.1') throw new Error(`the load goes to 127.0.0.1 only, not to ${target.hostname}`);
if (!(options.seconds <= 600 && options.requestsPerSecond <= 1000)) throw new Error('the load is bounded');

/** One connection at a time, several only when an answer takes long. */
interface Lane {
  agent: Agent;
  replaceAt: number;
}

const started = performance.now();
const startedAt = Date.now();
const seconds: { latencies: number[]; failures: Record<string, number> }[] = [];
const lanes: Lane[] = Array.from({ length: options.connections }, (_, index) => ({
  agent: newAgent(),
  replaceAt: started + (1 + index / options.connections) * options.connectionSeconds * 1000,
}));
let sent = 0;
let open = 0;
let stopped = false;
process.on('SIGTERM', () => {
  stopped = true;
});

const timer = setInterval(() => {
  const elapsed = performance.now() - started;
  const over = stopped || elapsed >= options.seconds * 1000;
  const due = Math.floor((Math.min(elapsed, options.seconds * 1000) / 1000) * options.requestsPerSecond);
  if (!stopped) while (sent < due) send(sent++);
  if (!over || open > 0) return;
  clearInterval(timer);
  const result: LoadResult = { startedAt, seconds };
  process.stdout.write(JSON.stringify(result), () => process.exit());
}, 1);

function newAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 4, scheduling: 'lifo' });
}

function send(number: number): void {
  const due = started + ((number + 1) / options.requestsPerSecond) * 1000;
  const lane = lanes[number % lanes.length] as Lane;
  const last = performance.now() > lane.replaceAt;
  const { agent } = lane;
  if (last) Object.assign(lane, { agent: newAgent(), replaceAt: performance.now() + options.connectionSeconds * 1000 });
  open += 1;
  let settled = false;
  const settle = (failure: string | null) => {
    if (settled) return;
    settled = true;
    open -= 1;
    record(due, failure);
  };
  const headers = { authorization: `Bearer ${options.token}`, ...(last ? { connection: 'close' } : {}) };
  const signal = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const sending = request(target, { agent, headers, signal }, (answer) => readAnswer(answer, settle));
  sending.on('error', (error: NodeJS.ErrnoException) =>
    settle(signal.aborted ? `no answer in ${options.timeoutSeconds} s` : (error.code ?? error.message)),
  );
  sending.end();
}

function readAnswer(answer: IncomingMessage, settle: (failure: string | null) => void): void {
  answer.resume();
  answer.on('error', (error: NodeJS.ErrnoException) => settle(`cut off: ${error.code ?? error.message}`));
  answer.on('end', () => settle(answer.statusCode === 200 ? null : `status ${answer.statusCode}`));
}

function record(due: number, failure: string | null): void {
  const index = Math.floor((due - started) / 1000);
  while (seconds.length <= index) seconds.push({ latencies: [], failures: {} });
  const second = seconds[index] as (typeof seconds)[number];
  if (failure === null) second.latencies.push(Math.round((performance.now() - due) * 10));
  else second.failures[failure] = (second.failures[failure] ?? 0) + 1;
}
