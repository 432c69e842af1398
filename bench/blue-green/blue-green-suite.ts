import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeLoad, figuresOf, type LoadFigures, startLoad, stopEveryLoad } from '@daytrade/rehearsal';
import { DistributedPlatform } from '../../tests/support/distributed-platform.ts';
import { setup as bringRedis } from '../../tests/support/install-redis.ts';
import { type Comparison, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { Gateway } from './gateway.ts';
import { rotateSecret, rotationRows } from './rotate-secret.ts';
import { Slot } from './slot.ts';

/** What people ask, each so often a second: two services behind the gateway's paths, and the page. */
const asked = [
  { path: '/v1/models', requestsPerSecond: 120 },
  { path: '/v1/symbols', requestsPerSecond: 40 },
  { path: '/', requestsPerSecond: 40 },
] as const;
/** The part of a stretch after which the gateway has the new pools, and answers that were under way have come. */
const settleShare = 1 / 4;
/** Half of what the gateway waits for a service (`gateway.tf`). */
const timeoutSeconds = 30;
const wholeRequests = 36_000;
/** The generator's own bound. */
const mostSeconds = 600;
const wholeMs = (1_000 * wholeRequests) / asked.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);

const notes = [
  'Two slots of six processes each (`daytrade serve`), on one PostgreSQL and one Redis with TLS, behind traefik, ' +
    'which has the paths that Terraform gives the Application Gateway, and whose pools are those of the active slot. ' +
    'Blue, green, back to blue, green again; then the processes of blue are ended by SIGTERM. Requests are sent when ' +
    'they are due, whether or not earlier ones were answered, and none is sent twice.',
  'Then the password of the database is changed while 100 requests a second are sent: new processes start with it ' +
    'behind those that have the old one, take their place, and the old ones are ended, as a release on Azure and a ' +
    'new deployment on ECS do it.',
];

/** Switches between two slots and back, and empties one, while people ask. */
export async function switchSlots({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  bringRedis();
  const folder = mkdtempSync(join(tmpdir(), 'day-trade-slots-'));
  const platform = await DistributedPlatform.start();
  let gateway: Gateway | undefined;
  try {
    const { code, stderr } = await platform.run('database', 'migrate');
    if (code !== 0) throw new Error(`the database could not be migrated: ${stderr}`);
    progress('filling blue and green');
    const [blue, green] = [await Slot.fill('blue', platform), await Slot.fill('green', platform)];
    gateway = await Gateway.open(folder, blue, progress);
    const stretchMs = quick ? 8_000 : wholeMs / 4;
    const switched = await underLoad(gateway.url, platform, { blue, green, stretchMs, gateway, progress });
    const rotated = await rotateSecret({ platform, gateway, old: green, progress });
    return { comparisons: [...rowsOf(switched, quick), ...rotationRows(rotated)], tables: [], notes, skipped: [] };
  } finally {
    stopEveryLoad();
    await gateway?.close();
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Switched {
  /** By path. */
  readonly loads: readonly (readonly [string, LoadFigures])[];
  /** Requests after each switch, by who answered them. */
  readonly byActive: number;
  readonly byIdle: number;
  /** Of the processes that were ended. */
  readonly exitCodes: readonly (number | null)[];
}

interface Switching {
  readonly blue: Slot;
  readonly green: Slot;
  readonly stretchMs: number;
  readonly gateway: Gateway;
  readonly progress: (message: string) => void;
}

async function underLoad(
  url: string,
  { token, authorisation }: DistributedPlatform,
  { blue, green, stretchMs, gateway, progress }: Switching,
): Promise<Switched> {
  const began = performance.now();
  const shared = { token, timeoutSeconds, seconds: mostSeconds };
  const loads = asked.map(({ path, requestsPerSecond }) =>
    startLoad({ ...shared, url: `${url}${path}`, requestsPerSecond }),
  );
  const settleMs = stretchMs * settleShare;
  const counts = async (slots: readonly Slot[]) => await Promise.all(slots.map((slot) => slot.answered(authorisation)));
  let [byActive, byIdle] = [0, 0];
  await pause(stretchMs);
  const [there, back, last] = [[green, blue] as const, [blue, green] as const, [green, blue] as const];
  for (const slots of [there, back, last]) {
    progress(`${slots[0].name} becomes active`);
    gateway.lead(slots[0]);
    await pause(settleMs);
    const before = await counts(slots);
    await pause(stretchMs / 2);
    const [active = 0, idle = 0] = (await counts(slots)).map((count, index) => count - (before[index] ?? 0));
    byActive += active;
    byIdle += idle;
    if (slots !== last) await pause(stretchMs / 2 - settleMs);
  }
  progress('emptying blue');
  const exitCodes = await blue.empty();
  // However long the switches took, the load outlasts them.
  await pause(Math.max(stretchMs / 4, 4 * stretchMs - (performance.now() - began)));
  const results = await Promise.all(loads.map((load) => load.stop()));
  return {
    loads: results.map((result, index) => [asked[index]?.path ?? '', figuresOf(result)]),
    byActive,
    byIdle,
    exitCodes,
  };
}

function rowsOf({ loads, byActive, byIdle, exitCodes }: Switched, quick: boolean): readonly Comparison[] {
  const total = (of: (figures: LoadFigures) => number) => loads.reduce((sum, [, figures]) => sum + of(figures), 0);
  const requests = total((figures) => figures.requests);
  const note = loads.map(([path, figures]) => `${path}: ${describeLoad(figures)}`).join('; ');
  const endedBadly = exitCodes.filter((code) => code !== 0).length;
  const row = (name: string, unit: string, figure: number, must: number, more: string) =>
    compare({ name, unit, figure, kind: 't', bar: { sense: 'at most', must }, note: more });
  return [
    row(
      'Failed requests',
      'requests',
      total((figures) => figures.failed),
      0,
      `of ${requests}; ${note}`,
    ),
    compare({
      name: 'Requests through two switches, the way back, and the end of a slot',
      unit: 'requests',
      figure: requests,
      kind: 't',
      ...(quick ? {} : { bar: { sense: 'at least', must: wholeRequests } }),
    }),
    row('Answered by the slot that is not active', 'requests', byIdle, 0, `of ${byActive + byIdle} after the switches`),
    row('Processes that did not end by themselves', 'processes', endedBadly, 0, `of ${exitCodes.length}`),
  ];
}
