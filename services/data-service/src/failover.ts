import { type FallbackName, type FetchRequest, fallbacksIn } from '@daytrade/contracts';
import { parseSymbol, type SymbolCode } from '@daytrade/market';
import type { BarProvider, Failover } from '@daytrade/market-data';
import type { DataServiceDependencies } from './dependencies.ts';
import { isDryRun } from './dry-run-sinks.ts';
import { providerFor } from './provider.ts';

type Dependencies = Pick<DataServiceDependencies, 'settings' | 'stores' | 'clock'>;

/** What nobody gives is asked for again after this long, by an update; a fetch that somebody starts asks at once. */
export const againAfterMilliseconds = 3_600_000;

/** When a fallback last did not give a symbol, by its name and the symbol, for the stores of a process. */
const lackingSince = new WeakMap<object, Map<string, number>>();

/**
 * Who is asked for the symbols that the provider of the settings does not give: those of
 * `DAYTRADE_FALLBACK_PROVIDERS`, in this order. Not beside a provider that somebody named, nor for a repair, which
 * fetches again from where the bars came from.
 *
 * @param isUpdate of the job that comes every few minutes
 */
export function failoverFor(
  request: FetchRequest,
  dependencies: Dependencies,
  isUpdate: boolean,
): Failover | undefined {
  const { settings, stores, clock } = dependencies;
  const names = fallbacksIn(settings.DAYTRADE_FALLBACK_PROVIDERS).filter((name) => name !== request.provider);
  if (names.length === 0 || !isOfSettings(request, dependencies)) return undefined;
  const since = lackingSince.get(stores) ?? new Map<string, number>();
  lackingSince.set(stores, since);
  const isDue = (name: string, symbol: string) =>
    !isUpdate || clock.now() - (since.get(`${name} ${symbol}`) ?? Number.NEGATIVE_INFINITY) >= againAfterMilliseconds;
  const fallbacks = names.map((name) => ({
    name,
    open: (symbols: readonly SymbolCode[]) => {
      const due = symbols.filter((symbol) => isDue(name, symbol));
      return due.length === 0 ? undefined : open(name, due, request, dependencies);
    },
    onLacking: (symbols: readonly SymbolCode[]) => {
      for (const symbol of symbols) if (isDue(name, symbol)) since.set(`${name} ${symbol}`, clock.now());
    },
  }));
  return { fallbacks, wanted: () => wantedOf(request, dependencies) };
}

function isOfSettings(request: FetchRequest, { settings }: Dependencies): boolean {
  if (request.provider !== settings.DAYTRADE_PROVIDER || isDryRun(request)) return false;
  if (request.provider === 'csv') return request.folder === settings.DAYTRADE_CSV_FOLDER;
  return !('again' in request && request.again === true);
}

function open(name: FallbackName, symbols: readonly SymbolCode[], request: FetchRequest, dependencies: Dependencies) {
  const { settings } = dependencies;
  const { from, to } = request.provider === 'csv' ? { from: undefined, to: undefined } : request;
  const isAlike = request.provider === 'jquants' || request.provider === 'yahoo';
  const asked = { symbols: [...symbols], from, to, priceBasis: isAlike ? request.priceBasis : undefined };
  if (name === 'jquants') return providerFor({ provider: name, ...asked }, dependencies);
  if (name === 'yahoo') return providerFor({ provider: name, ...asked }, dependencies);
  const wanted = new Set(symbols);
  const csv = providerFor({ provider: 'csv', folder: settings.DAYTRADE_CSV_FOLDER }, dependencies);
  return onlyOf(csv, (symbol) => wanted.has(symbol));
}

/** Files of other symbols are neither read nor refused. */
function onlyOf(provider: BarProvider, isWanted: (symbol: SymbolCode) => boolean): BarProvider {
  return {
    name: provider.name,
    synthetic: provider.synthetic,
    list: async (signal) => {
      const { sources, refused = [] } = await provider.list(signal);
      return {
        sources: sources.filter(({ symbol }) => isWanted(symbol)),
        skipped: [],
        refused: refused.filter(({ symbol }) => symbol !== undefined && isWanted(symbol)),
      };
    },
    read: (source, signal) => provider.read(source, signal),
  };
}

/** The symbols that were named, else those that are stored: who is away cannot say what an index has. */
async function wantedOf(request: FetchRequest, { stores }: Dependencies): Promise<readonly SymbolCode[]> {
  const named = 'symbols' in request && Array.isArray(request.symbols) ? request.symbols : undefined;
  if (named !== undefined) return named.map((symbol) => parseSymbol(symbol));
  return (await stores.symbols.list()).flatMap(({ symbol, synthetic }) => (synthetic ? [] : [symbol]));
}
