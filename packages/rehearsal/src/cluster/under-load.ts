import { setTimeout as pause } from 'node:timers/promises';
import { routes } from '@daytrade/contracts';
import { keepLoading } from '../load/keep-loading.ts';
import { curveOf, downtimeOf, type LoadCurve } from '../load/load-curve.ts';
import { describeLoad, figuresOf } from '../load/load-report.ts';
import { startLoad } from '../load/start-load.ts';
import type { Bar, Figure } from '../steps/figure.ts';
import { Platform } from './platform.ts';
import type { RehearsedRelease } from './rehearsed-release.ts';

/** A route that needs the database, the cache and the model. */
const { path } = routes.latestPredictions;

export interface UnderLoad<Result> {
  readonly result: Result;
  readonly figures: readonly Figure[];
  readonly load: LoadCurve;
  /** Why requests failed, and when; undefined where none did. */
  readonly said?: string;
}

/**
 * Changes something while the ML service is asked for the newest predictions, from some seconds before until some
 * seconds after it.
 * @param mayFail the bar of failed requests; none: they are only told
 */
export async function underLoad<Result>(
  release: RehearsedRelease,
  mayFail: Bar | undefined,
  change: () => Promise<Result>,
): Promise<UnderLoad<Result>> {
  const { requestsPerSecond, quietSeconds, signal } = release.options;
  const { mlUrl, token } = await Platform.open(release);
  const running = keepLoading({ url: `${mlUrl}${path}`, token, requestsPerSecond }, startLoad);
  const quiet = () => pause(quietSeconds * 1000, undefined, { signal });
  try {
    await quiet();
    const from = running.second;
    const result = await change();
    const to = running.second;
    await quiet();
    const measured = await running.stop();
    const load = curveOf(measured, from, to);
    const summed = figuresOf(measured);
    const { requests, failed, p50, p99 } = summed;
    const figures: readonly Figure[] = [
      { id: 'requests', value: requests, unit: '', bar: { least: 1 } },
      { id: 'failedRequests', value: failed, unit: '', ...(mayFail && { bar: mayFail }) },
      { id: 'downtime', value: downtimeOf(load), unit: 's', bar: { most: 0 } },
      { id: 'p50', value: p50, unit: 'ms' },
      { id: 'p99', value: p99, unit: 'ms' },
    ];
    return { result, figures, load, ...(failed > 0 && { said: describeLoad(summed) }) };
  } finally {
    await running.stop().catch(() => undefined);
  }
}
