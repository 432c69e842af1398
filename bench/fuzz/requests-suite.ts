import { connect } from 'node:net';
import { seededRandom } from '@daytrade/series';
import { compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { HealthWatch } from '../serving/hot-reads/health-watch.ts';
import { MeasuredPlatform } from '../serving/hot-reads/measured-platform.ts';
import { type RandomRequest, RandomRequests, routesOf } from './random-request.ts';

const seed = 20_261_127;
const atOnce = 8;
const longestSeconds = 30;
const services = ['data', 'ml', 'scheduler'] as const;

/** What became of the requests. */
interface Tally {
  readonly statuses: Map<string, number>;
  /** Answers of 500 and above that do not ask to come again later. */
  readonly faults: string[];
}

/**
 * Random requests over sockets to a platform that runs: nothing may hang, fail as a bug, or end it, and its memory
 * stays bounded.
 */
export async function fuzzRequests({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const count = quick ? 3_000 : 100_000;
  progress('a platform starts on synthetic bars');
  await using platform = await MeasuredPlatform.start();
  const tally: Tally = { statuses: new Map(), faults: [] };
  const watch = new HealthWatch(platform.ports.data);
  const before = platform.memory;
  let most = before;
  for (const service of services) {
    const port = platform.ports[service];
    const document = JSON.parse(await platform.read(port, '/openapi.json')) as Parameters<typeof routesOf>[0];
    const source = new RandomRequests(seededRandom(seed), routesOf(document));
    const mine = Math.ceil(count / services.length);
    let sent = 0;
    const send = async () => {
      while (sent < mine) {
        sent += 1;
        if (sent % 5_000 === 0) progress(`${service}: ${sent} of ${mine}, ${tally.faults.length} faults`);
        const request = source.next();
        judge(tally, request, await exchange(port, source.bytes(request, `localhost:${port}`)));
        most = Math.max(most, platform.memory);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, send));
  }
  const health = await watch.stop();
  for (const port of Object.values(platform.ports)) await platform.read(port, '/healthz');
  return findings(count, tally, { before, most, after: platform.memory }, health);
}

/** The answer to some bytes, after which the caller sends no more; undefined when none came in time. */
function exchange(port: number, bytes: Buffer): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.setTimeout(longestSeconds * 1_000, () => {
      resolve(undefined);
      socket.destroy();
    });
    socket.on('data', (chunk) => {
      if (answer.length < 2_000) answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.on('end', () => socket.destroy());
    socket.end(bytes);
  });
}

function judge({ statuses, faults }: Tally, request: RandomRequest, answer: string | undefined): void {
  const status = answer === undefined ? 'hangs' : (/^HTTP\/1\.1 (?!100)(\d{3}) /m.exec(answer)?.[1] ?? 'closed');
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const comesAgain = answer !== undefined && /^retry-after:/im.test(answer);
  if (status !== 'hangs' && !(Number(status) >= 500 && !comesAgain)) return;
  faults.push(
    `${status}: ${JSON.stringify(request).slice(0, 500)} ${answer?.split('\r\n\r\n')[1]?.slice(0, 300) ?? ''}`,
  );
}

interface Memory {
  readonly before: number;
  readonly most: number;
  readonly after: number;
}

function findings(
  count: number,
  { statuses, faults }: Tally,
  memory: Memory,
  health: { readonly longest: number; readonly failed: number },
): SuiteFindings {
  const mebibytes = (value: number) => `${value.toFixed(0)} MiB`;
  return {
    comparisons: [
      compare({
        name: 'answers of 500 and hangs',
        unit: 'of all requests',
        figure: faults.length / count,
        kind: 'share',
        bar: { sense: 'at most', must: 0 },
      }),
      compare({
        name: 'longest `/healthz` meanwhile',
        unit: 'ms',
        figure: health.longest,
        kind: 'milliseconds',
        bar: { sense: 'at most', must: 1_000 },
        note: `${health.failed} of them failed`,
      }),
      compare({
        name: 'memory at its most',
        unit: 'MiB',
        ours: memory.most,
        figure: memory.most / memory.before,
        kind: 'ratio',
        bar: { sense: 'at most', must: 2 },
        note: `before ${mebibytes(memory.before)}, after ${mebibytes(memory.after)}`,
      }),
    ],
    tables: [
      {
        title: `${count} random requests of seed ${seed}, by how they ended`,
        header: ['status', 'requests'],
        rows: [...statuses]
          .sort(([one], [other]) => one.localeCompare(other))
          .map(([status, requests]) => [status, String(requests)]),
      },
    ],
    notes: faults.slice(0, 20),
    skipped: [],
  };
}
