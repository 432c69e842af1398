import type {
  Activation,
  Evaluation,
  InDayPrediction,
  Model,
  Notice,
  NoticeEntry,
  PaperEvent,
  Prediction,
  PriceFactor,
  QuarantineEntry,
  ReportEntry,
  Run,
  SymbolInfo,
} from '@daytrade/contracts';
import type { ScheduleState } from '@daytrade/jobs';
import type { IndexName, SymbolCode, TradeDate } from '@daytrade/market';
import type { ColumnType, Generated } from 'kysely';

/** A symbol with values that only the platform needs. */
export interface SymbolRecord extends SymbolInfo {
  readonly symbol: SymbolCode;
  /** Listed shares, for the market capitalisation; null if unknown. */
  readonly sharesOutstanding: number | null;
  /**
   * The last session for which a provider gave all bars, so that days without a trade are not requested again; null if
   * unknown.
   */
  readonly askedTo: TradeDate | null;
}

/**
 * A stored prediction. Lateness follows from its time; the direction is always stored, and shown only with measured
 * skill.
 */
export interface PublishedPrediction
  extends Omit<Prediction, 'late' | 'directionSkilled' | 'centre' | 'probabilityUp' | `announcement${string}`> {
  readonly symbol: SymbolCode;
  readonly centre: number;
  readonly probabilityUp: number;
}

/** A stored forecast within the day; lateness and outcome follow from other rows. */
export interface PublishedInDay extends Omit<InDayPrediction, 'late' | 'close' | 'inside' | 'centre'> {
  readonly centre: number;
  readonly symbol: SymbolCode;
}

/** The close that first judged the intervals of a session, with the last close they knew, of the same bars. */
export interface JudgedCloseRecord {
  readonly session: TradeDate;
  readonly symbol: SymbolCode;
  /** The newest session that the intervals knew. */
  readonly lastSession: TradeDate;
  readonly close: number;
  /** The close of the last session; null if the bars no longer had it. */
  readonly lastClose: number | null;
  readonly judgedAt: string;
}

/** A split or a dividend of one symbol. */
export interface PriceFactorRecord extends PriceFactor {
  readonly symbol: SymbolCode;
}

export interface ShareCountRecord {
  readonly symbol: SymbolCode;
  /** Day of publication. */
  readonly date: TradeDate;
  /** The day to which the count refers. */
  readonly periodEnd: TradeDate;
  readonly shares: number;
  readonly source: string;
}

/** A day on which a company announces, or has announced, its results. */
export interface AnnouncementRecord {
  readonly symbol: SymbolCode;
  readonly date: TradeDate;
  /** A made announcement or a planned one. */
  readonly kind: 'made' | 'planned';
  /** Time in Japan, as `15:30`; null if unknown. */
  readonly time: string | null;
  readonly source: string;
  /** The time since when the day was public; earlier forecasts do not know it. */
  readonly knownSince: string;
  /** The time at which a plan was withdrawn; null for a valid one. */
  readonly knownUntil: string | null;
}

export interface IndexValueRecord {
  readonly name: IndexName;
  readonly synthetic: boolean;
  readonly date: TradeDate;
  readonly value: number;
  readonly source: string;
  readonly fetchedAt: string;
}

/** A JSON column, written as text, since drivers treat JSON values differently. */
type Json<Value> = ColumnType<Value, string | null, string | null>;

/**
 * The tables in queries, the same for all drivers: names in camel case, a date as 'YYYY-MM-DD', an instant as ISO 8601
 * in UTC.
 */
export interface Tables {
  readonly symbols: SymbolRecord;
  readonly quarantine: QuarantineEntry & {
    readonly id: Generated<number>;
    /** Number of unlisted rows of the same file and reason. */
    readonly unlisted: Generated<number>;
  };
  readonly priceFactors: PriceFactorRecord;
  readonly shareCounts: ShareCountRecord;
  readonly announcements: AnnouncementRecord;
  readonly indexValues: IndexValueRecord;
  readonly predictions: PublishedPrediction;
  readonly inDayPredictions: PublishedInDay;
  readonly judgedCloses: JudgedCloseRecord;
  readonly models: Omit<Model, 'status' | 'members' | 'soleMember'> & { readonly members: Json<Model['members']> };
  readonly activations: Activation & { readonly id: Generated<number> };
  readonly runs: Omit<Run, 'payload' | 'progress' | 'result' | 'error' | 'dependencies'> & {
    readonly payload: Json<Run['payload']>;
    readonly progress: Json<Run['progress']>;
    readonly result: Json<Run['result']>;
    readonly error: Json<Run['error']>;
    readonly dependencies: Json<Run['dependencies']>;
  };
  /** Requests that brought bars, by the hash of the request. */
  readonly sources: {
    readonly id: string;
    readonly provider: string;
    readonly request: Json<Readonly<Record<string, unknown>>>;
    readonly fetchedAt: string;
  };
  readonly runKeys: { readonly job: string; readonly key: string; readonly run: string };
  readonly schedules: ScheduleState;
  /** The append-only log of each paper book, in order. */
  readonly paperEvents: Pick<PaperEvent, 'key' | 'session' | 'order' | 'at' | 'by'> & {
    readonly book: string;
    readonly sequence: number;
    readonly kind: PaperEvent['kind'];
    readonly body: Json<Readonly<Record<string, unknown>>>;
  };
  readonly evaluations: {
    readonly id: string;
    readonly madeAt: string;
    readonly report: Json<Evaluation>;
    readonly judgedObject: string;
  };
  readonly reports: Omit<ReportEntry, 'superseded'> & { readonly outcomeHash: string; readonly object: string };
  readonly notices: Omit<NoticeEntry, 'kind' | 'title'> & {
    readonly kind: Notice['kind'];
    readonly notice: Json<Notice>;
  };
  readonly objects: {
    readonly key: string;
    readonly bytes: Uint8Array;
    /** SHA-256 of the bytes, hexadecimal. */
    readonly version: string;
    readonly updatedAt: string;
  };
}

export type TableName = keyof Tables;
