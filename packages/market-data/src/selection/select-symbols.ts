import type { Selection, SymbolInfo } from '@daytrade/contracts';
import {
  addSessions,
  compareText,
  dateOfDayNumber,
  dayNumber,
  isSession,
  previousSession,
  sessionsBetween,
  type TradeDate,
} from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import {
  bufferOf,
  type PreviousSelection,
  type SelectionCriteria,
  type SelectionOptions,
  windowSessions,
} from './options.ts';
import { pickSymbols, type RankedSymbol } from './pick-symbols.ts';
import { componentsOf, type ScoreComponents, type WindowStatistics, windowStatistics } from './scores.ts';

/** A symbol of the pool. */
export interface SelectionCandidate {
  readonly info: Pick<SymbolInfo, 'symbol' | 'name' | 'sector' | 'sizeGroup' | 'synthetic'>;
  /** Daily bars; those of the 60 sessions up to the day are enough. */
  readonly bars: BarColumns;
  /** Yen, where it is known. */
  readonly marketCapitalisationYen?: number | undefined;
}

/** Bars of 60 that a symbol must have, so that a new or often halted one is not judged on a few days. */
const fewestBars = 48;

interface Judged {
  readonly candidate: SelectionCandidate;
  readonly score: number | null;
  readonly components: ScoreComponents | undefined;
  readonly reasons: readonly string[];
  readonly returns: Float64Array;
}

/**
 * The SmartSymbolSelector: scores each symbol of the pool over the last 60 sessions by liquidity (0.35), volatility
 * (0.25), volume consistency (0.20) and market capitalisation (0.20), leaves out those that miss a criterion, and picks
 * those of the highest score, of equal ones the lower code. Members of the selection before stay until they fall
 * clearly out, and limits keep sectors and lookalikes apart where they are asked for.
 */
export function selectSymbols(
  pool: readonly SelectionCandidate[],
  criteria: SelectionCriteria,
  options: SelectionOptions,
): Selection {
  const { count, asOf, mostPerSector, maximumCorrelation, previous } = options;
  const last = asOf === undefined ? newestDate(pool) : lastSessionUpTo(asOf);
  const judged =
    last === null ? [] : judge(pool, criteria, sessionsBetween(addSessions(last, 1 - windowSessions), last));
  const passed = judged.filter(({ reasons }) => reasons.length === 0).sort(byScore);
  const failed = judged.filter(({ reasons }) => reasons.length > 0).sort(byScore);
  const decisions = pickSymbols(passed.map(rankedSymbol), options);
  const ranked = passed.map((one, i) => ({ ...one, rank: i + 1, decision: decisions[i]! }));
  const symbols = ranked
    .filter(({ decision }) => decision.picked)
    .map(({ candidate: { info }, rank, score, components, decision }) => ({
      rank,
      symbol: info.symbol,
      name: info.name,
      score: score!,
      components: components!,
      synthetic: info.synthetic,
      reason: decision.reason,
    }));
  const passedOver = ranked
    .filter(({ decision }) => !decision.picked)
    .map((one) => ({ ...one, reasons: [one.decision.reason] }));
  const rejected = [...passedOver, ...failed.map((one) => ({ ...one, rank: null }))].map(
    ({ candidate: { info }, score, rank, reasons }) => ({
      symbol: info.symbol,
      name: info.name,
      score,
      rank,
      reasons: [...reasons],
    }),
  );
  return {
    asOf: last,
    windowSessions,
    poolSize: pool.length,
    criteria: { ...criteria },
    options: {
      count,
      buffer: bufferOf(options),
      mostPerSector: mostPerSector ?? null,
      maximumCorrelation: maximumCorrelation ?? null,
    },
    symbols,
    rejected,
    turnover: turnoverSince(previous, { symbols, rejected }),
    leftOut: [],
  };
}

function rankedSymbol({ candidate: { info }, returns }: Judged, index: number): RankedSymbol {
  return { symbol: info.symbol, rank: index + 1, sector: info.sector, returns };
}

function judge(
  pool: readonly SelectionCandidate[],
  criteria: SelectionCriteria,
  window: readonly TradeDate[],
): Judged[] {
  const days = window.map(dayNumber);
  const statistics = pool.map(({ bars }) => windowStatistics(bars, days));
  const turnovers = statistics.map(({ averageTurnoverYen }) => averageTurnoverYen).filter((value) => value > 0);
  return pool.map((candidate, index) => {
    const own = statistics[index]!;
    if (own.bars < fewestBars) {
      const reason =
        `bars: ${own.bars} of the ${days.length} sessions from ${window[0]} to ${window.at(-1)}; at least ` +
        `${fewestBars} are needed`;
      return { candidate, score: null, components: undefined, reasons: [reason], returns: own.returns };
    }
    const components = componentsOf(candidate, own, criteria, turnovers);
    const score = Object.values(components).reduce((sum, component) => sum + component.weight * component.score, 0);
    const reasons = missedCriteria(candidate, own, components, criteria);
    return { candidate, score, components, reasons, returns: own.returns };
  });
}

function missedCriteria(
  { marketCapitalisationYen }: SelectionCandidate,
  statistics: WindowStatistics,
  components: ScoreComponents,
  criteria: SelectionCriteria,
): string[] {
  const reasons: string[] = [];
  const wholeNumber = (value: number) => Math.round(value).toLocaleString('en-GB');
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const { minimumMarketCapitalisationYen: capitalisation, minimumAverageVolumeShares: volume } = criteria;
  if (marketCapitalisationYen !== undefined && marketCapitalisationYen < capitalisation) {
    reasons.push(
      `market capitalisation: ${wholeNumber(marketCapitalisationYen)} yen is below ${wholeNumber(capitalisation)}`,
    );
  }
  if (!(statistics.averageVolumeShares >= volume)) {
    reasons.push(
      `average volume: ${wholeNumber(statistics.averageVolumeShares)} shares a day is below ${wholeNumber(volume)}`,
    );
  }
  if (!(statistics.annualVolatility <= criteria.maximumAnnualVolatility)) {
    const limit = percent(criteria.maximumAnnualVolatility);
    reasons.push(`volatility: ${percent(statistics.annualVolatility)} a year is above ${limit}`);
  }
  if (!(components.liquidity.score >= criteria.minimumLiquidityScore)) {
    reasons.push(
      `liquidity score: ${components.liquidity.score.toFixed(1)} is below ${criteria.minimumLiquidityScore}`,
    );
  }
  return reasons;
}

function byScore(a: Judged, b: Judged): number {
  return (b.score ?? -1) - (a.score ?? -1) || compareText(a.candidate.info.symbol, b.candidate.info.symbol);
}

function newestDate(pool: readonly SelectionCandidate[]): TradeDate | null {
  const newest = Math.max(...pool.map(({ bars }) => bars.days.at(-1) ?? -Infinity));
  return newest === -Infinity ? null : dateOfDayNumber(newest);
}

/** Returns the session before a closed day, so that a session never is the one before itself. */
export function lastSessionUpTo(date: TradeDate): TradeDate {
  return isSession(date) ? date : previousSession(date);
}

/** Returns symbols that entered and left since the previous selection. Without one all entered. */
function turnoverSince(
  previous: PreviousSelection | undefined,
  { symbols, rejected }: Pick<Selection, 'symbols' | 'rejected'>,
): Selection['turnover'] {
  const before = new Set(previous?.symbols.map(({ symbol }) => symbol));
  const now = new Set(symbols.map(({ symbol }) => symbol));
  const reasons = new Map(rejected.map((one) => [one.symbol, one.reasons]));
  const entered = [...now].filter((symbol) => !before.has(symbol));
  const left = (previous?.symbols ?? [])
    .filter(({ symbol }) => !now.has(symbol))
    .map(({ symbol, name }) => ({
      symbol,
      name,
      reasons: reasons.get(symbol) ?? ['there are no bars of it any more'],
    }));
  const share = previous === undefined || now.size === 0 ? null : entered.length / now.size;
  return { previous: previous?.asOf ?? null, entered, left, share };
}
