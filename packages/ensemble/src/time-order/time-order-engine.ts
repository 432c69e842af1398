import type { TickTable } from '@daytrade/market';
import { CentreCombiner, type CombinerState } from '../combination/centre-combiner.ts';
import { type ConformalState, ConformalTrack } from '../intervals/conformal-track.ts';
import { CoverageRecord, type CoverageState } from '../intervals/coverage-record.ts';
import { publishInterval } from '../intervals/published-interval.ts';
import type { Combination } from '../options.ts';
import type { SessionForecast, SessionInput, SessionIntervals } from './session-forecast.ts';

/** What the engine remembers of one symbol. */
export interface SymbolState {
  readonly ensemble: ConformalState;
  readonly ewma: ConformalState;
}

/** Everything the engine remembers; plain data. */
export interface EngineState {
  readonly combiner: CombinerState;
  readonly coverage: CoverageState;
  readonly symbols: Readonly<Record<string, SymbolState>>;
}

/** A symbol as the engine needs it. */
export interface EngineSymbol {
  readonly symbol: string;
  readonly tickTable: TickTable;
}

/** Settings of the engine. */
export interface EngineOptions {
  readonly combination: Combination;
  readonly members: number;
}

/**
 * The one definition of how forecasts are made and learn from what happened, session after session: `forecast` at the close of t,
 * `observe` when the outcome of t is known. Evaluation, training and serving all run it, so what is judged is what is published.
 */
export class TimeOrderEngine {
  readonly combiner: CentreCombiner;
  readonly ensembleTrack: ConformalTrack;
  readonly ewmaTrack: ConformalTrack;
  readonly #coverage: CoverageRecord;
  readonly #symbols: readonly EngineSymbol[];
  readonly #combination: Combination;

  constructor(symbols: readonly EngineSymbol[], options: EngineOptions, state?: EngineState) {
    this.#symbols = symbols;
    this.#combination = options.combination;
    this.combiner = new CentreCombiner(options.members, state?.combiner);
    this.ensembleTrack = new ConformalTrack(symbols.map(({ symbol }) => state?.symbols[symbol]?.ensemble));
    this.ewmaTrack = new ConformalTrack(symbols.map(({ symbol }) => state?.symbols[symbol]?.ewma));
    this.#coverage = new CoverageRecord(state?.coverage);
  }

  forecast(input: SessionInput): SessionForecast {
    const combined = {
      voting: this.#combine(input, 'voting'),
      weighted: this.#combine(input, 'weighted'),
      stacking: this.#combine(input, 'stacking'),
    };
    const scale = input.ewma.map((ewma, s) => ewma * input.scaleFactor[s]!);
    const centre = combined[this.#combination].map((z, s) => z * input.ewma[s]!);
    return {
      combined,
      centre,
      scale,
      ensembleAdaptive: this.intervals(input, centre, scale, (s) => this.ensembleTrack.adaptive(s)),
      ewmaAdaptive: this.intervals(input, undefined, input.ewma, (s) => this.ewmaTrack.adaptive(s)),
      ready: this.#symbols.map((_, s) => this.ensembleTrack.split(s) < Infinity),
      demoted: this.demoted,
    };
  }

  /**
   * Published intervals around a centre (0 when undefined) with half-widths of quantile * scale.
   *
   * @param quantile Q by symbol; an infinite one gives the price-limit band
   */
  intervals(
    input: SessionInput,
    centre: Float64Array | undefined,
    scale: Float64Array,
    quantile: (symbol: number) => number,
  ): SessionIntervals {
    const lower = new Float64Array(scale.length).fill(NaN);
    const upper = new Float64Array(scale.length).fill(NaN);
    for (let s = 0; s < scale.length; s += 1) {
      const middle = centre === undefined ? 0 : centre[s]!;
      if (!Number.isFinite(input.lastClose[s]! * scale[s]! * middle)) continue;
      const half = quantile(s) * scale[s]!;
      const { tickTable } = this.#symbols[s]!;
      const published = publishInterval(input.lastClose[s]!, middle - half, middle + half, tickTable);
      lower[s] = published.lower;
      upper[s] = published.upper;
    }
    return { lower, upper };
  }

  /**
   * Learns from the outcomes of a session.
   *
   * @param label next log return by symbol, NaN where there was no trade
   * @param forecast what {@link forecast} said at that session
   */
  observe(input: SessionInput, forecast: SessionForecast, label: Float64Array): void {
    const outcome = label.map((y, s) => y / input.ewma[s]!);
    this.combiner.observe(input.centres, outcome);
    let inside = 0;
    let judged = 0;
    for (let s = 0; s < label.length; s += 1) {
      const y = label[s]!;
      if (!Number.isFinite(y * forecast.scale[s]! * forecast.centre[s]!)) continue;
      const missed = this.#learn(s, y, input, forecast);
      if (!forecast.ready[s]) continue;
      judged += 1;
      if (!missed) inside += 1;
    }
    this.#coverage.observe(inside, judged);
  }

  /** True when the ensemble's intervals broke their objective over the newest 250 sessions, so that the fallback is published. */
  get demoted(): boolean {
    return this.#coverage.broken;
  }

  state(): EngineState {
    const symbols = this.#symbols.map(({ symbol }, s): [string, SymbolState] => [
      symbol,
      { ensemble: this.ensembleTrack.state(s), ewma: this.ewmaTrack.state(s) },
    ]);
    return {
      combiner: this.combiner.state(),
      coverage: this.#coverage.state(),
      symbols: Object.fromEntries(symbols),
    };
  }

  /** Takes one symbol's scores; says whether the ensemble's interval missed. */
  #learn(s: number, y: number, input: SessionInput, forecast: SessionForecast): boolean {
    const ensembleScore = Math.abs(y - forecast.centre[s]!) / forecast.scale[s]!;
    const ewmaScore = Math.abs(y) / input.ewma[s]!;
    if (!forecast.ready[s]) {
      this.ensembleTrack.observeScore(s, ensembleScore);
      this.ewmaTrack.observeScore(s, ewmaScore);
      return false;
    }
    const close = input.lastClose[s]! * Math.exp(y);
    const missed = isOutside(close, forecast.ensembleAdaptive, s);
    this.ensembleTrack.observe(s, ensembleScore, missed);
    this.ewmaTrack.observe(s, ewmaScore, isOutside(close, forecast.ewmaAdaptive, s));
    return missed;
  }

  #combine(input: SessionInput, combination: Combination): Float64Array {
    const factors = this.combiner.factors(combination);
    const combined = new Float64Array(input.lastClose.length);
    for (const [member, centres] of input.centres.entries()) {
      for (let s = 0; s < combined.length; s += 1) combined[s]! += factors[member]! * centres[s]!;
    }
    return combined;
  }
}

/** True when a close lies outside a published interval, or there is none. */
export function isOutside(close: number, { lower, upper }: SessionIntervals, symbol: number): boolean {
  return !(close >= lower[symbol]! && close <= upper[symbol]!);
}
