import { createHash, randomUUID } from 'node:crypto';
import type { Model } from '@daytrade/contracts';
import type { DayNumber } from '@daytrade/market';
import { buildPanel, dividendColumns, dividendsOf, type Panel, type SessionDividend } from '@daytrade/series';
import { type BarsPast, barsDamaged, readUndamaged, type Stores, type SymbolRecord } from '@daytrade/storage';
import type { WarmForecast } from '../computation/predict.worker.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import {
  type PriceChanges,
  panelSymbol,
  priceChanges,
  symbolsMeant,
  thoseWithDividends,
  type Universe,
} from '../universe.ts';

export type ForecastSymbols = Pick<NewestBars, 'records' | 'synthetic' | 'withDividends' | 'leftOut'>;

interface NewestForecasts extends WarmForecast {
  readonly model: Model;
  readonly universe: ForecastSymbols;
}

/** Returns the model that forecasts, or throws if it does not fit the symbols. */
type ModelFor = (universe: ForecastSymbols) => Model;

/**
 * Forecasts with the live model from the newest bars, one request at a time. Unchanged bars of an earlier forecast are
 * neither read nor computed again, so that one more day of thousands of symbols takes a second.
 */
export class NewestForecaster {
  readonly #dependencies: Pick<MlServiceDependencies, 'stores' | 'computations'>;
  #past: BarsUpTo | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(dependencies: Pick<MlServiceDependencies, 'stores' | 'computations'>) {
    this.#dependencies = dependencies;
  }

  /**
   * @param modelFor called before anything is computed
   * @throws DayTradeError `data.no-bars`, `data.bars-damaged`, and what `modelFor` throws
   */
  forecast(modelFor: ModelFor): Promise<NewestForecasts> {
    const forecast = this.#last.then(() => this.#forecast(modelFor));
    this.#last = forecast.catch(() => undefined);
    return forecast;
  }

  async #forecast(modelFor: ModelFor): Promise<NewestForecasts> {
    const { stores, computations } = this.#dependencies;
    const bars = await readNewestBars(stores, this.#past);
    const model = modelFor(bars);
    const { version, artifactHash } = model;
    // After a failure the next forecast starts from all bars.
    this.#past = undefined;
    const { panel, name, after } = bars;
    const announced = await stores.announcements.calendar(panel.symbols.map(({ symbol }) => symbol));
    const whole = () =>
      computations.predict({ panel, artifactHash, name, announced }, () => stores.models.artifact(version));
    const made = await (after === undefined
      ? whole()
      : computations.goOn({ panel, artifactHash, name, after, announced }));
    // The thread has lost the model.
    if (made === undefined) return await this.#forecast(modelFor);
    this.#past = bars.past;
    return { ...made, model, universe: bars };
  }
}

/** Symbols in use with their bars: all bars, or those after an earlier reading. */
export interface NewestBars extends Omit<Universe, 'set' | 'dataHash'> {
  readonly name: string;
  /** Name of the bars before these; undefined for all bars. */
  readonly after: string | undefined;
  /** Starting point of the next reading; undefined if a symbol was left out. */
  readonly past: BarsUpTo | undefined;
}

/** Fingerprint of bars already read, to detect later changes. */
interface BarsUpTo {
  readonly name: string;
  readonly symbols: string;
  readonly days: Int32Array;
  readonly bars: BarsPast;
  readonly dividends: string;
}

/**
 * Reads the bars of all symbols in use.
 *
 * @param past of an earlier reading: if nothing of it has changed, only later bars are read
 * @throws DayTradeError `data.no-bars` without bars; `data.bars-damaged` if all are damaged
 */
export async function readNewestBars(stores: Stores, past?: BarsUpTo): Promise<NewestBars> {
  const { meant, synthetic } = await symbolsMeant(stores);
  const changes = await priceChanges(stores);
  const known = { synthetic, changes };
  const later = past && past.symbols === keyOf(meant) ? await barsAfter(stores, meant, past, known) : undefined;
  return later ?? (await allBars(stores, meant, known));
}

/** Inputs of both kinds of reading. */
interface Known {
  readonly synthetic: boolean;
  readonly changes: PriceChanges;
}

async function allBars(stores: Stores, meant: readonly SymbolRecord[], known: Known): Promise<NewestBars> {
  const read = await readUndamaged(stores.bars, meant, async (complete) => {
    const since = await stores.bars.readSince(complete.map(({ symbol }) => symbol));
    return since!;
  });
  const { entries: records, result, leftOut } = read;
  if (result === undefined) throw barsDamaged(leftOut);
  const bars = buildPanel(records.map((record, s) => ({ symbol: panelSymbol(record), bars: result.bars[s]! })));
  const dividends = dividendsOf(bars, known.changes);
  const name = randomUUID();
  return {
    ...universe(records, withDividends(bars, dividends, 0, known), known),
    leftOut: [...leftOut],
    name,
    after: undefined,
    past:
      leftOut.length > 0 || result.past === undefined
        ? undefined
        : pastOf(name, bars.days, { records, bars: result.past, dividends, known }),
  };
}

/** Returns undefined if something of the past has changed. */
async function barsAfter(
  stores: Stores,
  records: readonly SymbolRecord[],
  past: BarsUpTo,
  known: Known,
): Promise<NewestBars | undefined> {
  const last = past.days.at(-1) as DayNumber | undefined;
  const codes = records.map(({ symbol }) => symbol);
  const since = await stores.bars.readSince(codes, past.bars);
  if (since?.past === undefined || last === undefined) return undefined;
  const bars = buildPanel(
    records.map((record, s) => ({ symbol: panelSymbol(record), bars: since.bars[s]! })),
    last,
  );
  const days = Int32Array.of(...past.days, ...bars.days);
  const dividends = dividendsOf({ symbols: bars.symbols, days }, known.changes);
  if (dividendHash(dividends, past.days.length, known) !== past.dividends) return undefined;
  const name = bars.days.length === 0 ? past.name : randomUUID();
  return {
    ...universe(records, withDividends(bars, dividends, past.days.length, known), known),
    leftOut: [],
    name,
    after: past.name,
    past: pastOf(name, days, { records, bars: since.past, dividends, known }),
  };
}

function universe(records: readonly SymbolRecord[], panel: Panel, { synthetic, changes }: Known) {
  return { records, panel, synthetic, withDividends: thoseWithDividends(records, changes) };
}

/** @param first index of the panel's first session among those of the dividends */
function withDividends(panel: Panel, dividends: readonly SessionDividend[], first: number, { changes }: Known): Panel {
  return changes.size === 0 ? panel : { ...panel, dividends: dividendColumns(dividends, first, panel) };
}

interface Read {
  readonly records: readonly SymbolRecord[];
  readonly bars: BarsPast;
  readonly dividends: readonly SessionDividend[];
  readonly known: Known;
}

function pastOf(name: string, days: Int32Array, { records, bars, dividends, known }: Read): BarsUpTo {
  return { name, symbols: keyOf(records), days, bars, dividends: dividendHash(dividends, days.length, known) };
}

const keyOf = (records: readonly SymbolRecord[]) => JSON.stringify(records.map(panelSymbol));

/** Returns a hash of the dividends of the first sessions, which later publications may change. */
function dividendHash(dividends: readonly SessionDividend[], sessions: number, { changes }: Known): string {
  if (changes.size === 0) return 'none';
  const those = dividends.filter(({ session, yen }) => session < sessions && yen !== 0);
  return createHash('sha256').update(JSON.stringify(those)).digest('hex');
}
