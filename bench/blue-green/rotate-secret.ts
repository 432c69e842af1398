import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describeLoad, figuresOf, type LoadFigures, startLoad } from '@daytrade/rehearsal';
import type { DistributedPlatform } from '../../tests/support/distributed-platform.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { Gateway } from './gateway.ts';
import { Slot } from './slot.ts';

/** Together 100 a second. */
const asked = [
  { path: '/v1/models', requestsPerSecond: 60 },
  { path: '/v1/symbols', requestsPerSecond: 20 },
  { path: '/', requestsPerSecond: 20 },
] as const;
const quietMs = 5_000;
/** The generator's own bound; it is stopped before. */
const mostSeconds = 600;

export interface Rotation {
  readonly platform: DistributedPlatform;
  readonly gateway: Gateway;
  /** Whose processes have the old password. */
  readonly old: Slot;
  readonly progress: (message: string) => void;
}

/** What became of the requests, and how long the old password was in use after it had been changed. */
export interface Rotated {
  readonly loads: readonly LoadFigures[];
  readonly seconds: number;
}

/** Changes the password of the database's user, and brings it to the processes by new ones, while people ask. */
export async function rotateSecret({ platform, gateway, old, progress }: Rotation): Promise<Rotated> {
  const loads = asked.map(({ path, requestsPerSecond }) =>
    startLoad({
      url: `${gateway.url}${path}`,
      token: platform.token,
      requestsPerSecond,
      timeoutSeconds: 30,
      seconds: mostSeconds,
    }),
  );
  await pause(quietMs);
  progress('changing the password of the database');
  const password = randomBytes(12).toString('hex');
  const changed = performance.now();
  await platform.postgres.run('postgres', `alter user daytrade password '${password}'`);
  const next = await Slot.fill('next', platform, { DAYTRADE_DATABASE_PASSWORD: password });
  progress('the processes with the new password become active');
  gateway.lead(next);
  await pause(quietMs);
  await old.empty();
  const seconds = (performance.now() - changed) / 1_000;
  await pause(quietMs);
  const results = await Promise.all(loads.map((load) => load.stop()));
  return { loads: results.map((result) => figuresOf(result)), seconds };
}

export function rotationRows({ loads, seconds }: Rotated): readonly Comparison[] {
  const sum = (of: (figures: LoadFigures) => number) => loads.reduce((total, figures) => total + of(figures), 0);
  const each = loads.map((figures, index) => `${asked[index]?.path}: ${describeLoad(figures)}`).join('; ');
  return [
    compare({
      name: 'Failed requests while the password of the database was changed',
      unit: 'requests',
      figure: sum(({ failed }) => failed),
      kind: 't',
      bar: { sense: 'at most', must: 0 },
      note: `of ${sum(({ requests }) => requests)}; the old one was in use for ${seconds.toFixed(0)} s; ${each}`,
    }),
  ];
}
