import { setTimeout as pause } from 'node:timers/promises';
import { type FetchRequest, type FetchResult, parsePayload } from '@daytrade/contracts';
import { defineJob, type JobContext, type JobDefinition } from '@daytrade/jobs';
import { nextSession, previousSession, type TradeDate } from '@daytrade/market';
import { DataFetcher, providerOf, providerRequestSchema } from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';
import { dryRunSinks, isDryRun, sinksOf } from '../fetch-sinks.ts';
import { providerContext } from '../provider-context.ts';
import { reportAgain } from '../report-again.ts';

/** Job `fetch`: brings what a provider has through the quality gate into the stores. The result is a `FetchResult`. */
export function fetchJob(dependencies: DataServiceDependencies): JobDefinition {
  return defineJob('fetch', async ({ run, payload, signal, progress }) => {
    const request = parsePayload(providerRequestSchema, payload);
    const definition = providerOf(request);
    if (definition.incremental) await forgetLostDays(dependencies);
    const result = await fetchInto(dependencies, request, { signal, progress });
    await reportAgain(dependencies, run, result.barsAdded + result.barsChanged - result.intradayBars);
    if (definition.repeated(request, dependencies.settings) !== undefined) {
      await dependencies.stores.sources.save({ request, fetchedAt: run.startedAt ?? run.queuedAt });
    }
    return result;
  });
}

/** Progress of one fetch among several, as a range of fractions. */
export interface FetchWatch extends Pick<JobContext, 'signal' | 'progress'> {
  readonly between?: readonly [number, number] | undefined;
}

/** @throws DayTradeError as `DataFetcher.fetch` */
export async function fetchInto(
  dependencies: DataServiceDependencies,
  request: FetchRequest,
  { signal, progress, between: [from, to] = [0, 1] }: FetchWatch,
): Promise<FetchResult> {
  const { stores, clock } = dependencies;
  const fetcher = new DataFetcher({
    sinks: isDryRun(request) ? dryRunSinks(stores) : sinksOf(stores),
    now: () => clock.now(),
    pause: (milliseconds) => pause(milliseconds),
  });
  const definition = providerOf(request);
  const result = await fetcher.fetch(definition.open(request, providerContext(dependencies)), {
    signal,
    onProgress: ({ fraction, filesDone, files, symbol, activity }) => {
      const reached = `${filesDone} of ${files}${symbol === null ? '' : `: ${symbol}`}`;
      progress({
        stage: `fetching ${request.provider} bars`,
        fraction: from + fraction * (to - from),
        message: activity === null ? reached : `${reached}; ${activity}`,
      });
    },
  });
  const index = definition.syntheticIndex?.(request, clock.now());
  if (index !== undefined) {
    // Another seed is another world, whose values replace those of the world before.
    const source = { source: definition.name, fetchedAt: new Date(clock.now()).toISOString() };
    await stores.indices.merge({ name: index.name, synthetic: true }, index.values, source);
  }
  return { ...result, dryRun: isDryRun(request) };
}

/** Symbols that lost their newest bars, and the first day that one of them lost. */
interface LostDays {
  readonly symbols: number;
  readonly from: TradeDate;
}

/**
 * Sets the last day of records back to the last stored bar, if a damaged file has lost the bars after it. A provider
 * that is asked for what comes after the last day is then asked for them.
 *
 * @returns undefined if nothing was lost
 */
export async function forgetLostDays({
  stores: { bars, symbols },
  logger,
}: Pick<DataServiceDependencies, 'stores' | 'logger'>): Promise<LostDays | undefined> {
  const records = await symbols.list();
  const ends = await bars.ends(records.map(({ symbol }) => symbol));
  const behind = records.flatMap((record, index) => {
    if (record.bars === 0) return [];
    const end = ends[index] ?? { lastDate: previousSession(record.firstDate) };
    return end.lastDate >= record.lastDate ? [] : [{ ...record, ...end, askedTo: null }];
  });
  if (behind.length === 0) return undefined;
  await symbols.upsertMany(behind);
  const [earliest] = behind.map(({ lastDate }) => lastDate).sort();
  const lost = { symbols: behind.length, from: nextSession(earliest!) };
  logger.warn(lost, `the newest bars of ${lost.symbols} symbols were lost from ${lost.from} on, and are fetched again`);
  return lost;
}
