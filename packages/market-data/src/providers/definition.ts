import {
  calendarRange,
  type FetchRequest,
  priceBasisSchema,
  type SettingName,
  type Settings,
  symbolSchema,
} from '@daytrade/contracts';
import type { IndexName, SymbolCode, TradeDate, UniverseRecord } from '@daytrade/market';
import { z } from 'zod';
import type { IndexRow } from '../indices/index-values.ts';
import type { BarProvider, StoredIntraday } from '../provider.ts';
import type { CsvFiles, TableText } from './csv/files.ts';
import type { DateRange, StoredSymbol } from './network/missing-bars.ts';
import type { TokenBucket } from './network/token-bucket.ts';

/** Fields of a request for codes and days to a provider on the network. */
export const symbolFields = {
  symbols: z.array(symbolSchema).min(1).max(5_000).optional().describe('Codes to fetch; default: DAYTRADE_UNIVERSE'),
  from: calendarRange.from.describe('Default: the first day that the provider has'),
  to: calendarRange.to.describe('Default: the newest session that the provider has'),
  priceBasis: priceBasisSchema.extract(['traded', 'split-adjusted']).optional().describe('Default: split-adjusted'),
  again: z.boolean().optional().describe('Also asks for days that are stored: refills gaps and damage'),
};

export interface ProviderContext {
  readonly settings: Settings;
  readonly now: () => number;
  readonly symbols: {
    find(symbol: SymbolCode): Promise<StoredSymbol | undefined>;
    list(): Promise<readonly StoredSymbol[]>;
  };
  readonly intradaySymbols: () => Promise<readonly string[]>;
  readonly storedIntraday: StoredIntraday;
  /** Record of listings and memberships by date. */
  readonly universe: {
    read(): Promise<UniverseRecord>;
    change(change: (record: UniverseRecord) => UniverseRecord): Promise<unknown>;
  };
  readonly uploads: (id: string) => CsvFiles;
  readonly tableText: TableText;
  /**
   * Returns the only folder that requests may name; undefined where they may name any.
   *
   * @throws DayTradeError `data.folder-refused` where they may name none
   */
  readonly importRoot: (field: string) => string | undefined;
  readonly machine: string;
  /** Returns the request budget of a limit, which a process shares. `taken`: requests made just before. */
  readonly bucket: (limit: string, requestsPerMinute: number, taken?: number) => TokenBucket;
}

/** Options and their values, as commander names them. */
export type OptionValues = Readonly<Record<string, unknown>>;

export interface FetchOption {
  /** In commander's notation: `--count <symbols>`. */
  readonly flags: string;
  readonly help: string;
  /** Field of the request that takes the value. */
  readonly field: string;
  /** Default: the value is passed on as it is. */
  readonly kind?: 'codes' | { readonly min: number; readonly max: number } | undefined;
}

export const sharedOptions = {
  symbols: {
    flags: '--symbols <codes>',
    help: 'codes with commas between them, as 7203,6758',
    field: 'symbols',
    kind: 'codes',
  },
  basis: {
    flags: '--basis <basis>',
    help: 'traded, or split-adjusted, which is the default',
    field: 'priceBasis',
  },
  from: {
    flags: '--from <date>',
    help: 'first session, YYYY-MM-DD; default: the first that the provider has',
    field: 'from',
  },
  to: {
    flags: '--to <date>',
    help: 'last session, YYYY-MM-DD; default: the newest that the provider has',
    field: 'to',
  },
} as const satisfies Readonly<Record<string, FetchOption>>;

/** A question of `daytrade setup` and its option. */
export interface SetupQuestion {
  /** In commander's notation: `--plan <plan>`. */
  readonly flags: string;
  readonly help: string;
  readonly setting: SettingName;
  readonly question: string;
  readonly isFolder?: boolean | undefined;
  /** True where the default is not written to the settings file. */
  readonly leavesDefault?: boolean | undefined;
  /** Describes what is wrong with an answer that the setting accepts. */
  readonly fault?: ((answer: string) => string | undefined) | undefined;
}

export const universeQuestion: SetupQuestion = {
  flags: '--universe <universe>',
  help: 'topix500, topix100, or codes with commas between them; yahoo: codes',
  setting: 'DAYTRADE_UNIVERSE',
  question: 'Which symbols? topix500, topix100, or codes with commas between them',
};

/** A key that `daytrade setup` asks for, tries, and keeps in a file of its own. */
export interface KeyQuestion {
  readonly issuer: string;
  readonly address: string;
  readonly setting: 'DAYTRADE_JQUANTS_API_KEY';
  readonly fileSetting: 'DAYTRADE_JQUANTS_API_KEY_FILE';
  readonly file: string;
  /** Setting that is asked for again where the issuer takes the key and refuses the request. */
  readonly refusedSetting: SettingName;
  /** Describes what the settings should give. */
  readonly expectation: (settings: Settings) => string;
  /** @throws DayTradeError the issuer's refusal; `data.provider-failed` where it does not answer */
  readonly try: (
    key: string,
    trial: { readonly settings: Settings; readonly now: () => number; readonly signal: AbortSignal },
  ) => Promise<void>;
}

/** Part of `daytrade setup` after the choice of the provider. */
export interface ProviderSetup {
  readonly questions: readonly SetupQuestion[];
  /** Printed before the questions. */
  readonly note?: string | undefined;
  /** Settings that are written without a question. */
  readonly settings?: Readonly<Partial<Record<SettingName, string>>> | undefined;
  readonly key?: KeyQuestion | undefined;
  /** Describes the first `daytrade fetch`; left out where none is needed. */
  readonly firstFetch?: ((settings: Settings) => string) | undefined;
}

/** A fetch that the job `data-update` repeats, by a name that is one for all such fetches. */
export interface RepeatedFetch<Request extends FetchRequest = FetchRequest> {
  readonly name: string;
  readonly request: Request;
}

/** A fetch that replaces damaged or missing bars. */
export interface RepairFetch<Request extends FetchRequest = FetchRequest> {
  readonly request: Request;
  readonly source: string;
}

/** Symbols whose bars are damaged, missing or late. */
export interface BarsToRepair {
  readonly symbols: readonly string[];
  /** First day; undefined: the first that the provider has. */
  readonly from: TradeDate | undefined;
}

export interface IndexSeries {
  readonly name: IndexName;
  readonly firstDay: TradeDate;
  readonly newestDay: TradeDate;
  readonly read: (range: DateRange, signal: AbortSignal) => Promise<readonly IndexRow[]>;
}

/** All that the platform asks of a provider. Methods, so that a list of definitions has one type. */
export interface ProviderDefinition<Request extends FetchRequest = FetchRequest> {
  readonly name: Request['provider'];
  /** Schema of a request: `provider`, the name, and fields of its own. */
  readonly request: z.ZodObject<{ readonly provider: z.ZodLiteral<string> }>;
  readonly title: string;
  readonly settings: readonly SettingName[];
  /** Paragraphs of `daytrade fetch --help`. */
  readonly help: string;
  readonly options: readonly FetchOption[];
  readonly setup: ProviderSetup;
  /** True where it fetches by symbol what is not stored. */
  readonly incremental: boolean;
  readonly readsFiles?: boolean | undefined;
  /** True where it makes bars up: it is then fetched only by its name, never as the default. */
  readonly synthetic?: boolean | undefined;
  /** True where a request is checked by listing its sources before a run begins. Not where listing takes requests. */
  readonly listedBeforeRun: boolean;
  /**
   * Checks a request and opens the provider.
   *
   * @throws DayTradeError `input.invalid`, `settings.invalid`, `data.folder-refused`
   */
  open(request: Request, context: ProviderContext): BarProvider;
  /** Returns the fields of a request that the options leave to the settings. */
  defaults?(asked: OptionValues, settings: Settings): OptionValues;
  /** Describes settings that it lacks where it is the provider of the settings; undefined where it lacks none. */
  lacking?(settings: Settings): string | undefined;
  /** Returns the request for what the settings name; undefined where they name nothing. */
  configured(settings: Settings): Request | undefined;
  /** Returns the fetch that updates repeat after this one; undefined where none is to be repeated. */
  repeated(request: Request, settings: Settings): RepeatedFetch<Request> | undefined;
  /** Joins two fetches of one name; default: the newer one. */
  joined?(newer: Request, older: Request): Request;
  /**
   * Returns true where there may be bars that the last fetch did not see.
   *
   * @param fetchedAt milliseconds since 1970; 0 for never
   */
  hasNews(request: Request, fetchedAt: number, context: ProviderContext): Promise<boolean>;
  /** @param earlier successful requests to this provider, newest first */
  repair(bars: BarsToRepair, earlier: readonly Request[]): readonly RepairFetch<Request>[];
  /** Returns an index series that the settings give access to. */
  indexSeries?(context: ProviderContext): IndexSeries | undefined;
  /** Returns synthetic values of an index that belong to a fetch. */
  syntheticIndex?(
    request: Request,
    now: number,
  ): { readonly name: IndexName; readonly values: readonly { readonly date: TradeDate; readonly value: number }[] };
}
