import type { Programs } from '@daytrade/deployment';
import { Daytrade } from './daytrade.ts';
import { RehearsedRelease } from './rehearsed-release.ts';

/** The release of a rehearsal for one test, of that process where these are alive. */
export function releaseForTest(programs: Programs, pid = 1, alive: readonly number[] = []): RehearsedRelease {
  const daytrade = new Daytrade(programs, ['daytrade'], []);
  const images = { first: 'a:1', next: 'a:2', broken: 'a:3' };
  const holder = { host: 'here', pid, since: '2026-11-02T00:00:00Z' };
  const processes = { host: 'here', isAlive: (of: number) => alive.includes(of) };
  const load = { requestsPerSecond: 1, quietSeconds: 1, brokenSeconds: 10 };
  const time = { now: Date.now, signal: new AbortController().signal };
  const place = { root: '', context: 'own', namespace: 'rehearsed' };
  return new RehearsedRelease({
    programs,
    daytrade,
    images,
    values: [],
    holder,
    processes,
    ...place,
    ...load,
    ...time,
  });
}
