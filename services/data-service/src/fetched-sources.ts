import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FetchRequest, fetchRequestSchema, jobs, type Run } from '@daytrade/contracts';
import { parseSymbol, type TradeDate } from '@daytrade/market';
import { jquantsPlans, newestReadySession, newestSessionOf } from '@daytrade/market-data';
import { activeUniverse, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies, DataServiceSettings } from './dependencies.ts';
import { isDryRun } from './dry-run-sinks.ts';
import { askedOf, type JQuantsRequest, minuteSessionsOf } from './jquants.ts';
import { storedIntraday } from './stored-intraday.ts';
import { codesIn, type YahooRequest } from './yahoo.ts';

/** A source of bars: one that was fetched before, as the ledger of runs remembers it, or the one of the settings. */
export interface FetchedSource {
  /** The folder, `jquants` with what is asked of it, `yahoo`, or `synthetic`. */
  readonly name: string;
  readonly request: FetchRequest;
  /** When the last fetch or update that read it began, milliseconds since 1970; 0 before the first one. */
  readonly fetchedAt: number;
}

/** An update asks Yahoo again after this time for symbols that it did not give. */
const againAfterMilliseconds = 3_600_000;

const syntheticSource = 'synthetic';

/** Runs that are looked through for sources. */
const runsRead = 500;
/** Updates that are looked through for what they read: those of more than a session, one every five minutes. */
const updatesRead = 120;

/**
 * Every folder that was fetched and what was asked of J-Quants, by name, the source that the settings name, and the
 * synthetic exchange that was fetched last without its end, so that it grows. That one only while its bars are in use:
 * real bars displace them, and what was removed does not come back by itself.
 */
export async function fetchedSources({
  stores: { runs, symbols },
  settings,
}: Pick<DataServiceDependencies, 'stores' | 'settings'>): Promise<readonly FetchedSource[]> {
  const usesSynthetic = activeUniverse(await symbols.list()).some(({ synthetic }) => synthetic);
  const succeeded = await runs.list({ job: 'fetch', status: 'succeeded', limit: runsRead });
  const sources = new Map<string, FetchedSource>();
  const fetched = succeeded.flatMap((run) => sourceOf(run, settings));
  for (const source of [...fetched, ...configuredSource(settings)]) {
    const known = sources.get(source.name);
    if (known === undefined || known.fetchedAt < source.fetchedAt) sources.set(source.name, joined(source, known));
    else sources.set(source.name, joined(known, source));
  }
  if (!usesSynthetic) sources.delete(syntheticSource);
  for (const [name, readAt] of await lastUpdates(runs)) {
    const source = sources.get(name);
    if (source !== undefined && readAt > source.fetchedAt) sources.set(name, { ...source, fetchedAt: readAt });
  }
  return [...sources.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** When the newest updates that read a source began, by its name: a folder is read again once it changes after that. */
async function lastUpdates(runs: DataServiceDependencies['stores']['runs']): Promise<ReadonlyMap<string, number>> {
  const succeeded = await runs.list({ job: 'data-update', status: 'succeeded', limit: updatesRead });
  const readAt = new Map<string, number>();
  for (const run of succeeded) {
    const parsed = jobs['data-update'].result.safeParse(run.result);
    for (const { source } of parsed.success ? parsed.data.updated : []) {
      readAt.set(source, Math.max(readAt.get(source) ?? 0, Date.parse(run.startedAt ?? run.queuedAt)));
    }
  }
  return readAt;
}

/**
 * What the settings name is a source before it is fetched for the first time. The synthetic exchange is only a demo.
 */
function configuredSource(settings: DataServiceSettings): FetchedSource[] {
  const { DAYTRADE_PROVIDER: provider, DAYTRADE_CSV_FOLDER: folder } = settings;
  if (provider === 'jquants') return [jquantsSource({ provider }, 0, settings)];
  if (provider === 'yahoo') return [yahooSource({ provider }, 0, settings)];
  return provider === 'csv' && folder !== undefined
    ? [{ name: folder, request: { provider, folder }, fetchedAt: 0 }]
    : [];
}

function sourceOf(run: Run, settings: DataServiceSettings): FetchedSource[] {
  const parsed = fetchRequestSchema.safeParse(run.payload);
  if (!parsed.success) return [];
  const fetchedAt = Date.parse(run.startedAt ?? run.queuedAt);
  switch (parsed.data.provider) {
    case 'csv': {
      // What was sent is not here to be read again, and a dry run is not an import.
      const { folder } = parsed.data;
      return folder === undefined || isDryRun(parsed.data) ? [] : [{ name: folder, request: parsed.data, fetchedAt }];
    }
    case 'jquants':
      // A repair is of symbols that came with another fetch.
      return parsed.data.again === true ? [] : [jquantsSource(parsed.data, fetchedAt, settings)];
    case 'yahoo':
      return parsed.data.again === true ? [] : [yahooSource(parsed.data, fetchedAt, settings)];
    case 'synthetic': {
      const { to: _, ...request } = parsed.data;
      return [{ name: syntheticSource, request, fetchedAt }];
    }
  }
}

/** An update goes on where the bars end: neither the first nor the last day of the fetch counts. */
function jquantsSource(given: JQuantsRequest, fetchedAt: number, settings: DataServiceSettings): FetchedSource {
  const { from: _from, to: _to, listingsFrom: _listings, formerMembers, ...rest } = given;
  const asked = askedOf(given, settings);
  // The settings may name symbols by now, which have no former members.
  const request = { ...rest, ...asked, ...('universe' in asked ? { formerMembers } : {}) };
  const name = ['jquants', 'universe' in asked ? asked.universe : 'symbols', request.priceBasis ?? ''].join(' ').trim();
  return { name, request, fetchedAt };
}

/** As of J-Quants. */
function yahooSource(given: YahooRequest, fetchedAt: number, settings: DataServiceSettings): FetchedSource {
  const { from: _from, to: _to, ...rest } = given;
  // Without codes the update says so, beside the other sources.
  const { symbols = codesIn(settings) } = given;
  const request = { ...rest, ...(symbols === undefined ? {} : { symbols }) };
  return { name: ['yahoo', request.priceBasis ?? ''].join(' ').trim(), request, fetchedAt };
}

/** Symbols that were asked for one after another are all updated, and former members once they were asked for. */
function joined(newer: FetchedSource, older: FetchedSource | undefined): FetchedSource {
  const [one, other] = [newer.request, older?.request];
  if (one.provider === 'jquants' && other?.provider === 'jquants' && one.symbols === undefined) {
    return { ...newer, request: { ...one, formerMembers: one.formerMembers ?? other.formerMembers } };
  }
  if (!isOfSymbols(one) || other === undefined || !isOfSymbols(other) || one.symbols === undefined) return newer;
  const symbols = new Set([...one.symbols, ...(other.symbols ?? [])].map((symbol) => parseSymbol(symbol)));
  return { ...newer, request: { ...one, symbols: [...symbols] } };
}

/** Whether a request is of a provider that is asked for what comes after the last day of each symbol. */
export function isOfSymbols(request: FetchRequest): request is JQuantsRequest | YahooRequest {
  return request.provider === 'jquants' || request.provider === 'yahoo';
}

/**
 * True unless the source is a folder whose files are all older than its last fetch, or a provider on the network, of
 * which the newest session that it has is there.
 */
export async function mayHaveNewBars(
  { request, fetchedAt }: FetchedSource,
  dependencies: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
): Promise<boolean> {
  if (isOfSymbols(request)) return await isBehind(request, fetchedAt, dependencies);
  const folder = request.provider === 'csv' ? request.folder : undefined;
  if (folder === undefined) return true;
  try {
    const names = (await stat(folder)).isFile() ? [''] : ['', ...(await readdir(folder))];
    const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs));
    return Math.max(...times) >= fetchedAt;
  } catch {
    // Reading it says what is wrong.
    return true;
  }
}

/**
 * An update comes every few minutes in market hours: whether a provider on the network has more is told from the bars
 * that are here. Yahoo is asked symbol by symbol: what an update that was cut off left, or was not given, is asked for
 * again, though not by each update.
 */
async function isBehind(
  request: JQuantsRequest | YahooRequest,
  fetchedAt: number,
  { settings, stores, clock }: Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>,
): Promise<boolean> {
  const { symbols } = request;
  const newestAt = (instant: number) =>
    request.provider === 'yahoo'
      ? newestReadySession(instant)
      : newestSessionOf(jquantsPlans[settings.DAYTRADE_JQUANTS_PLAN], instant);
  const newest = newestAt(clock.now());
  const asked = symbols === undefined ? undefined : new Set(symbols.map((symbol) => parseSymbol(symbol)));
  const real = (await stores.symbols.list()).filter(
    ({ symbol, synthetic }) => !synthetic && (asked?.has(symbol) ?? true),
  );
  const upToDate = real.filter(({ lastDate }) => lastDate >= newest);
  if (upToDate.length === 0) return true;
  const isPartial = upToDate.length < real.length;
  if (request.provider === 'yahoo') {
    return isPartial && clock.now() - fetchedAt >= againAfterMilliseconds;
  }
  // Bars of a session that no fetch of this source was there to read to its end: the one that brought them was cut off.
  if (isPartial && (fetchedAt === 0 || newestAt(fetchedAt) < newest)) return true;
  return minuteSessionsOf(request, settings) > 0 && (await lacksMinutes(real, newest, stores));
}

/** Whether minute bars came once, so that the plan has them, and none of the newest session did. */
async function lacksMinutes(
  real: readonly SymbolRecord[],
  newest: TradeDate,
  { bars }: DataServiceDependencies['stores'],
): Promise<boolean> {
  const withMinutes = new Set(await bars.symbols('5m'));
  const asked = real.filter(({ symbol }) => withMinutes.has(symbol));
  const stored = storedIntraday(bars);
  for (const { symbol } of asked) {
    if ((await stored(symbol, { from: newest, to: newest })).length > 0) return false;
  }
  return asked.length > 0;
}
