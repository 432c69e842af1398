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

/** A symbol with what only the platform itself needs to know of it. */
export interface SymbolRecord extends SymbolInfo {
  readonly symbol: SymbolCode;
  /** Listed shares, for the market capitalisation; null where no source has them. */
  readonly sharesOutstanding: number | null;
  /**
   * The session up to which a provider gave every bar that there is, so that nobody is asked again for days without a
   * trade; null where that is not known.
   */
  readonly askedTo: TradeDate | null;
}

/**
 * A prediction as it is kept; whether it was made in time follows from its instant. Its direction is kept whatever it
 * is worth, which is decided when it is shown.
 */
export interface PublishedPrediction
  extends Omit<Prediction, 'late' | 'directionSkilled' | 'centre' | 'probabilityUp' | `announcement${string}`> {
  readonly symbol: SymbolCode;
  readonly centre: number;
  readonly probabilityUp: number;
}

/** A forecast within the day as it is kept; whether it was made in time, and how it ended, follows from other rows. */
export interface PublishedInDay extends Omit<InDayPrediction, 'late' | 'close' | 'inside' | 'centre'> {
  readonly centre: number;
  readonly symbol: SymbolCode;
}

/** The close by which intervals of a session were judged first, and the last close that they knew, of the same bars. */
export interface JudgedCloseRecord {
  readonly session: TradeDate;
  readonly symbol: SymbolCode;
  /** The newest session that the intervals knew. */
  readonly lastSession: TradeDate;
  readonly close: number;
  /** The close of the last session; null where the bars no longer had it. */
  readonly lastClose: number | null;
  readonly judgedAt: string;
}

/** A split or a dividend of one symbol. */
export interface PriceFactorRecord extends PriceFactor {
  readonly symbol: SymbolCode;
}

/** The shares of a symbol as a report had them. */
export interface ShareCountRecord {
  readonly symbol: SymbolCode;
  /** The day on which the report came out. */
  readonly date: TradeDate;
  /** The day whose shares it has. */
  readonly periodEnd: TradeDate;
  readonly shares: number;
  readonly source: string;
}

/** A day on which a company announces its results, or has announced them. */
export interface AnnouncementRecord {
  readonly symbol: SymbolCode;
  readonly date: TradeDate;
  /** Whether it came, or is only planned. */
  readonly kind: 'made' | 'planned';
  /** When in Japan, as `15:30`; null where it is not known. */
  readonly time: string | null;
  readonly source: string;
  /** The instant from which the day was public: earlier forecasts do not know it. */
  readonly knownSince: string;
  /** The instant from which a plan no longer stood; null where it still does. */
  readonly knownUntil: string | null;
}

/** The value of an index series on one day. */
export interface IndexValueRecord {
  readonly name: IndexName;
  readonly synthetic: boolean;
  /** A day of the market that the series is of. */
  readonly date: TradeDate;
  readonly value: number;
  readonly source: string;
  readonly fetchedAt: string;
}

/** A JSON column: written as text by us, so that every driver treats it alike; read as the value. */
type Json<Value> = ColumnType<Value, string | null, string | null>;

/**
 * The tables as queries see them: names in camel case, a date as 'YYYY-MM-DD', an instant as ISO 8601 in UTC, whatever
 * the driver of the database would make of them.
 */
export interface Tables {
  readonly symbols: SymbolRecord;
  readonly quarantine: QuarantineEntry & {
    readonly id: Generated<number>;
    /** Rows of the same file and reason that are counted with this one and not listed. */
    readonly unlisted: Generated<number>;
  };
  readonly priceFactors: PriceFactorRecord;
  readonly shareCounts: ShareCountRecord;
  readonly announcements: Omit<AnnouncementRecord, 'knownSince'> & {
    /** Null where the row is older than the column. */
    readonly knownSince: ColumnType<string | null, string, string>;
  };
  readonly indexValues: IndexValueRecord;
  readonly predictions: Omit<PublishedPrediction, 'priceBasis'> & {
    /** Null where the row is older than the column. */
    readonly priceBasis: ColumnType<Prediction['priceBasis'] | null, Prediction['priceBasis'], never>;
  };
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
  /** Which run holds a key that only one run may ever have. */
  readonly runKeys: { readonly job: string; readonly key: string; readonly run: string };
  readonly schedules: ScheduleState;
  /** The log of each paper book, in order; rows are only added. */
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

/** A table, by its name in camel case. */
export type TableName = keyof Tables;
