import type { TradeDate } from '@daytrade/market';

/** A figure with its 95 % interval from a bootstrap over blocks of days. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Smallest, largest and newest coverage of full windows of sessions; null while no window is full. */
export interface RollingCoverage {
  readonly window: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly last: number | null;
}

/** One method of making intervals on the judged symbol-days; widths and scores in bp of the next-session log return. */
export interface IntervalMethodReport {
  readonly name: string;
  readonly coverage: number;
  readonly meanWidthBp: number;
  readonly winklerBp: number;
  /** Smallest and largest coverage over 250 sessions of all symbols; null while there are fewer. */
  readonly rollingCoverage250: { readonly min: number | null; readonly max: number | null };
}

/** One member or combination, out of sample. R2 is against the forecast 0; the weight is null for a combination. */
export interface MemberReport {
  readonly name: string;
  readonly hitRate: number;
  readonly rmse: number;
  readonly r2: number;
  readonly ic: number;
  /** 95 % interval from a bootstrap over blocks of days. */
  readonly icInterval: Estimate;
  /** Whether the IC is above 0 beyond what the best of so many models would reach by luck: 95 % sure for all of them together. */
  readonly skilled: boolean;
  readonly auc: number;
  readonly brier: number;
  readonly weight: number | null;
}

/** One line of the service level objective. `held` is null while the window is not full. */
export interface ObjectiveReport {
  readonly name: string;
  readonly window: string;
  readonly low: number;
  readonly high: number;
  readonly value: number | null;
  readonly held: boolean | null;
  readonly onBreach: 'demote' | 'warning' | 'page';
}

/** Neighbouring sessions at which the coverage over 250 sessions was outside of the objective. */
export interface OutsideStretch {
  /** First and last session. */
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly sessions: number;
  readonly side: 'below' | 'above';
  /** The coverage furthest from the objective. */
  readonly worst: number;
}

export interface SymbolReport {
  readonly symbol: string;
  readonly days: number;
  readonly coverage: number;
  readonly meanWidthBp: number;
  readonly winklerBp: number;
  readonly hitRate: number;
  readonly rolling60: RollingCoverage;
  readonly rolling250: RollingCoverage;
}

/** One judged session over all symbols. */
export interface SessionReport {
  /** The session whose closes were predicted. */
  readonly session: TradeDate;
  readonly coverage: number;
  readonly coverage20: number | null;
  readonly coverage60: number | null;
  readonly coverage250: number | null;
  readonly meanWidthBp: number;
  readonly winklerBp: number;
  readonly winklerRollingQuantileBp: number;
  readonly symbols: number;
}

/** One way to make probabilities of scores; the Brier score is over the warm-up and the judged sessions, always before a refit saw them. */
export interface CalibrationReport {
  readonly name: string;
  /** null when too few sessions were left to hold any out. */
  readonly heldOutBrier: number | null;
  /** Whether it was used at the end. */
  readonly used: boolean;
}

/** Headline figures of one evaluation; scores in bp, skills as in {@link EvaluationReport}. */
export interface SeedFigures {
  readonly coverage: number;
  readonly meanWidthBp: number;
  readonly winklerBp: number;
  readonly skillRollingQuantile: number;
  readonly skillRandomWalk: number;
  readonly skillEwma: number;
  readonly hitRate: number;
  readonly ic: number;
}

/** The same evaluation with several seeds: what of a figure is luck. */
export interface SeedsReport {
  readonly runs: readonly (SeedFigures & { readonly seed: number })[];
  readonly mean: SeedFigures;
  /** Standard deviation over the seeds, with n - 1. */
  readonly deviation: SeedFigures;
}

/** The walk-forward judgement: everything in it is out of sample and in time order. */
export interface EvaluationReport {
  readonly from: TradeDate;
  readonly to: TradeDate;
  readonly days: number;
  readonly symbols: number;
  readonly symbolDays: number;
  /** Predictions whose session had no trade: counted, not scored. */
  readonly halted: number;
  readonly seed: number;
  /** Only when it was asked for with more than one seed. */
  readonly seeds?: SeedsReport;
  readonly targetCoverage: number;
  readonly coverage: number;
  readonly coverageInterval: Estimate;
  readonly rollingCoverage60: RollingCoverage;
  readonly rollingCoverage250: RollingCoverage;
  readonly meanWidthBp: number;
  readonly winklerBp: number;
  /** 1 - Winkler score / Winkler score of the baseline; `ewma` is EWMA with split conformal. */
  readonly skill: { readonly rollingQuantile: number; readonly randomWalk: number; readonly ewma: number };
  readonly intervalMethod: string;
  readonly intervalMethods: readonly IntervalMethodReport[];
  readonly hitRate: { readonly value: number; readonly low: number; readonly high: number; readonly alwaysUp: number };
  readonly leakAlarm: boolean;
  readonly ic: number;
  readonly icInterval: Estimate;
  readonly icir: number;
  readonly auc: number;
  readonly brier: number;
  readonly calibrations: readonly CalibrationReport[];
  readonly models: readonly MemberReport[];
  readonly objective: readonly ObjectiveReport[];
  /** Where the objective over 250 sessions of all symbols does not hold. */
  readonly outsideObjective: readonly OutsideStretch[];
  readonly bySymbol: readonly SymbolReport[];
  readonly series: readonly SessionReport[];
  readonly seconds: {
    readonly total: number;
    readonly features: number;
    readonly training: number;
    readonly intervals: number;
  };
}

/** One prediction made in time order, with what happened. Prices in yen. */
export interface JudgedForecast {
  readonly symbol: string;
  /** The session whose close was predicted. */
  readonly session: TradeDate;
  readonly lastClose: number;
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
  readonly probabilityUp: number;
  /** null when the session had no trade. */
  readonly close: number | null;
  readonly inside: boolean | null;
}
