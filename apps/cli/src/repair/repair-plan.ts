import { type FetchRequest, fetchRequestSchema, type Run, type Settings, type SymbolHealth } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';

/** One fetch of a repair. */
export interface RepairStep {
  readonly request: FetchRequest;
  /** Where the bars come from, in words. */
  readonly source: string;
  /** The symbols that it is made for; a source may bring others too. */
  readonly symbols: readonly string[];
}

export interface RepairPlan {
  readonly steps: readonly RepairStep[];
  /** Symbols that no source is known of any more. */
  readonly withoutSource: readonly string[];
}

/**
 * How the bars of symbols are got again: from the provider that their bars came from, as it was asked before. Of a
 * damaged file it is not known, so that the provider of the settings is asked.
 *
 * @param fetches runs of the job fetch that succeeded, newest first
 */
export function repairPlan(
  lacking: readonly SymbolHealth[],
  from: TradeDate,
  fetches: readonly Run[],
  settings: Pick<Settings, 'DAYTRADE_PROVIDER'>,
): RepairPlan {
  const requests = fetches.flatMap((run) => {
    const parsed = fetchRequestSchema.safeParse(run.payload);
    return parsed.success ? [parsed.data] : [];
  });
  const synthetic = lacking.filter((health) => health.synthetic);
  const real = lacking.filter((health) => !health.synthetic);
  const ofJQuants = real.filter((health) => isFrom('jquants', health, settings));
  const ofYahoo = real.filter((health) => !ofJQuants.includes(health) && isFrom('yahoo', health, settings));
  const ofFiles = real.filter((health) => !ofJQuants.includes(health) && !ofYahoo.includes(health));
  const folders = csvRequests(requests);
  return {
    steps: [
      ...syntheticSteps(synthetic, requests),
      ...jquantsSteps(ofJQuants, from),
      ...yahooSteps(ofYahoo, from, requests),
      ...folderSteps(ofFiles, folders),
    ],
    withoutSource: folders.length === 0 ? ofFiles.map(({ symbol }) => symbol) : [],
  };
}

function isFrom(
  provider: string,
  { origins }: SymbolHealth,
  { DAYTRADE_PROVIDER: configured }: Pick<Settings, 'DAYTRADE_PROVIDER'>,
): boolean {
  const known = origins.filter(({ source }) => source !== null);
  return known.length === 0 ? configured === provider : known.some(({ source }) => source === provider);
}

function syntheticSteps(lacking: readonly SymbolHealth[], requests: readonly FetchRequest[]): RepairStep[] {
  const before = requests.find((request) => request.provider === 'synthetic');
  if (lacking.length === 0 || before === undefined) return [];
  const { to: _to, ...request } = before;
  return [{ request, source: `the synthetic exchange, seed ${before.seed}`, symbols: symbolsOf(lacking) }];
}

/** Of a damaged file every bar is asked for. */
function jquantsSteps(lacking: readonly SymbolHealth[], from: TradeDate): RepairStep[] {
  if (lacking.length === 0) return [];
  const symbols = symbolsOf(lacking);
  const request = { provider: 'jquants', symbols, from: firstOf(lacking, from), again: true } as const;
  return [{ request, source: 'J-Quants', symbols }];
}

/** Whoever has fetched from there before has said that it is unofficial. */
function yahooSteps(
  lacking: readonly SymbolHealth[],
  from: TradeDate,
  requests: readonly FetchRequest[],
): RepairStep[] {
  if (lacking.length === 0) return [];
  const symbols = symbolsOf(lacking);
  const before = requests.find((request) => request.provider === 'yahoo' && request.unofficial === true);
  const known = before === undefined ? {} : { unofficial: true as const };
  const request = { provider: 'yahoo', symbols, from: firstOf(lacking, from), again: true, ...known } as const;
  return [{ request, source: 'Yahoo Finance', symbols }];
}

function firstOf(lacking: readonly SymbolHealth[], from: TradeDate): TradeDate {
  const firsts = lacking.flatMap(({ damage, firstDate }) => (damage === null || firstDate === null ? [] : [firstDate]));
  return [from, ...firsts].reduce((one, other) => (one < other ? one : other));
}

/** Which file a symbol is in is not remembered: every folder is read again, which changes only what is different. */
function folderSteps(lacking: readonly SymbolHealth[], folders: readonly CsvRequest[]): RepairStep[] {
  if (lacking.length === 0) return [];
  return folders.map((request) => ({ request, source: String(request.folder), symbols: symbolsOf(lacking) }));
}

type CsvRequest = Extract<FetchRequest, { readonly provider: 'csv' }>;

/** The last import of each folder; what was sent from another machine is not here any more. */
function csvRequests(requests: readonly FetchRequest[]): CsvRequest[] {
  const byFolder = new Map<string, CsvRequest>();
  for (const request of requests) {
    if (request.provider !== 'csv' || request.folder === undefined || request.dryRun === true) continue;
    if (!byFolder.has(request.folder)) byFolder.set(request.folder, request);
  }
  return [...byFolder.values()];
}

function symbolsOf(lacking: readonly SymbolHealth[]): string[] {
  return lacking.map(({ symbol }) => symbol);
}
