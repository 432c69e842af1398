import type { PanelSymbol } from '@daytrade/series';
import { CentreCombiner, type CombinerState } from '../combination/centre-combiner.ts';
import {
  CoverageLevel,
  type HarState,
  HarTrack,
  IntervalTracks,
  type TracksState,
} from '../intervals/interval-tracks.ts';
import {
  byMethod,
  type EnsembleMethod,
  type IntervalMethod,
  MethodChoice,
  type MethodChoiceState,
  type SessionOutcome,
} from '../intervals/method-choice.ts';
import { publishInterval } from '../intervals/published-interval.ts';
import { SessionStretch, type StretchPriors, type StretchState } from '../intervals/session-stretch.ts';
import { neutralised, orderingParts, type Targeted } from '../members/member-target.ts';
import type { Combination } from '../options.ts';
import type { SessionForecast, SessionInput, SessionIntervals } from './session-forecast.ts';

/** Everything the engine remembers; plain data. */
export interface EngineState {
  readonly combiner: CombinerState;
  readonly choice: MethodChoiceState;
  readonly tracks: TracksState;
  /** State of {@link CoverageLevel}. */
  readonly level: number;
  /** State of {@link SessionStretch}. */
  readonly results: StretchState;
  readonly har: HarState;
}

export interface EngineOptions {
  readonly combination: Combination;
  readonly members: readonly Targeted[];
  /** The method that is published while it keeps the objective. Default `ensemble-regime`. */
  readonly method?: EnsembleMethod | undefined;
  /** Priors of the stretches by class. Default those of the evening. */
  readonly stretches?: StretchPriors | undefined;
}

/** Log returns that an interval is put around, by symbol; both are the centre when the interval is symmetric. */
interface Ends {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The centre and scale of the ensemble's intervals. */
type Around = Pick<SessionForecast, 'centre' | 'scale' | 'stretch'>;

/**
 * The one definition of how forecasts are made and learn from what happened, session after session: `forecast` at the
 * close of t, `observe` when the outcome of t is known. Evaluation, training and serving all run it, so what is judged
 * is what is published.
 */
export class TimeOrderEngine {
  readonly combiner: CentreCombiner;
  readonly tracks: IntervalTracks;
  readonly #choice: MethodChoice;
  readonly #level: CoverageLevel;
  readonly #stretches: SessionStretch;
  readonly #har: HarTrack;
  readonly #symbols: readonly PanelSymbol[];
  readonly #combination: Combination;
  readonly #members: readonly Targeted[];

  constructor(symbols: readonly PanelSymbol[], options: EngineOptions, state?: EngineState) {
    this.#symbols = symbols;
    this.#combination = options.combination;
    this.#members = options.members;
    this.combiner = new CentreCombiner(options.members.length, state?.combiner);
    this.tracks = new IntervalTracks(
      symbols.map(({ symbol }) => symbol),
      state?.tracks,
    );
    this.#choice = new MethodChoice(state?.choice, options.method);
    this.#level = new CoverageLevel(state?.level);
    this.#stretches = new SessionStretch(symbols.length, options.stretches, state?.results);
    this.#har = new HarTrack(symbols.length, options.stretches, state?.har);
  }

  forecast(input: SessionInput): SessionForecast {
    const centres = neutralised(input.centres, this.#members);
    const combined = this.#combinations(centres);
    const ordering = this.#combinations(orderingParts(centres, this.#members));
    const stretch = Float64Array.from(this.#symbols, (_, s) => this.#stretches.factor(input.classes?.[s]));
    const scale = input.ewma.map((ewma, s) => ewma * input.scaleFactor[s]! * stretch[s]!);
    const centre = combined[this.#combination].map((z, s) => z * input.ewma[s]!);
    const method = this.#choice.published;
    return {
      centres,
      combined,
      ordering,
      centre,
      scale,
      stretch,
      intervals: this.#methods(input, { centre, scale, stretch }),
      ready: this.#symbols.map((_, s) => this.tracks.ensemble.split(s) < Infinity),
      method,
      demoted: method === 'har',
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
    const middle = centre ?? new Float64Array(scale.length);
    return this.#publish(input, { low: middle, high: middle }, scale, quantile);
  }

  /**
   * Learns from the outcomes of a session.
   *
   * @param forecast what {@link forecast} said at that session
   * @param label next log return by symbol with its dividend, NaN where there was no trade
   * @param paid that dividend, in yen; undefined where none is known
   */
  observe(input: SessionInput, forecast: SessionForecast, label: Float64Array, paid?: Float64Array): void {
    this.combiner.observe(
      forecast.centres,
      label.map((y, s) => y / input.ewma[s]!),
    );
    const closes = label.map((y, s) => input.lastClose[s]! * Math.exp(y) - (paid?.[s] ?? 0));
    const known = [...label.keys()].filter((s) => isJudged(forecast, label, s));
    const judged = known.filter((s) => forecast.ready[s]);
    const outcomes = byMethod((method) => sessionOutcome(forecast.intervals[method], closes, judged));
    this.#learnStretches(input, forecast, label, judged);
    this.#har.observe(
      known.map((s) => Math.abs(label[s]!) / (input.ewma[s]! * input.har[s]!)),
      known.map((s) => input.classes?.[s]),
    );
    for (const s of known) this.#learn(s, label[s]!, input, forecast);
    this.#choice.observe(outcomes);
    this.#level.observe(outcomes['ensemble-regime'].inside, outcomes['ensemble-regime'].judged);
  }

  /** The method that is published after what was observed so far. */
  get published(): IntervalMethod {
    return this.#choice.published;
  }

  state(): EngineState {
    return {
      combiner: this.combiner.state(),
      choice: this.#choice.state(),
      tracks: this.tracks.state(),
      level: this.#level.state(),
      results: this.#stretches.state(),
      har: this.#har.state(),
    };
  }

  #methods(input: SessionInput, around: Around): SessionForecast['intervals'] {
    const { ensemble, quantile } = this.tracks;
    const har = input.ewma.map((ewma, s) => ewma * input.har[s]!);
    const { centre, scale } = around;
    const ends = quantileEnds(input, around);
    return {
      'ensemble-split': this.intervals(input, centre, scale, (s) => ensemble.split(s)),
      'ensemble-quantile': this.#publish(input, ends, scale, (s) => quantile.split(s)),
      'ensemble-regime': this.#publish(input, ends, scale, (s) => this.#levelledMargin(s, ends, around)),
      har: this.intervals(input, undefined, har, (s) => this.#har.halfWidth(input.classes?.[s])),
    };
  }

  /** The margin of the regime beyond the ends with which the whole interval is as wide as the level asks for. */
  #levelledMargin(s: number, { low, high }: Ends, { scale, stretch }: Omit<Around, 'centre'>): number {
    const between = (high[s]! - low[s]!) / (2 * scale[s]!);
    const margin = this.tracks.regimeMargin(s, scale[s]! / stretch[s]!);
    return this.#level.factor * (between + margin) - between;
  }

  /** Takes the stretches that outcomes needed, before their scores are learned. */
  #learnStretches(
    input: SessionInput,
    forecast: SessionForecast,
    label: Float64Array,
    judged: readonly number[],
  ): void {
    if (input.classes?.every((name) => name === undefined) ?? true) return;
    const ends = quantileEnds(input, forecast);
    for (const s of judged) {
      const beyond = this.#levelledMargin(s, ends, forecast) * forecast.scale[s]!;
      const off = label[s]! - forecast.centre[s]!;
      const reach = Math.abs((off < 0 ? ends.low[s]! : ends.high[s]!) - forecast.centre[s]!) + beyond;
      this.#stretches.observe(input.classes![s], (forecast.stretch[s]! * Math.abs(off)) / reach);
    }
  }

  /** Intervals that reach beyond both ends by margin * scale; a negative margin never passes the middle of the ends. */
  #publish(
    input: SessionInput,
    { low, high }: Ends,
    scale: Float64Array,
    margin: (symbol: number) => number,
  ): SessionIntervals {
    const lower = new Float64Array(scale.length).fill(NaN);
    const upper = new Float64Array(scale.length).fill(NaN);
    for (let s = 0; s < scale.length; s += 1) {
      if (!Number.isFinite(input.lastClose[s]! * scale[s]! * low[s]! * high[s]!)) continue;
      const beyond = Math.max((low[s]! - high[s]!) / 2, margin(s) * scale[s]!);
      // A symbol in its first session has a close and no return yet, so a method that looks at its returns has no
      // margin.
      if (Number.isNaN(beyond)) continue;
      const { tickTable, priceBasis } = this.#symbols[s]!;
      const band = { lower: input.limits.lower[s]!, upper: input.limits.upper[s]! };
      const possible = { tickTable, priceBasis, band, dividend: input.expectedDividend?.[s] ?? 0 };
      const published = publishInterval(input.lastClose[s]!, low[s]! - beyond, high[s]! + beyond, possible);
      lower[s] = published.lower;
      upper[s] = published.upper;
    }
    return { lower, upper };
  }

  /** Takes one symbol's scores. */
  #learn(s: number, y: number, input: SessionInput, forecast: SessionForecast): void {
    const scale = forecast.scale[s]!;
    const scaled = y / scale;
    this.tracks.observe(s, {
      ensemble: Math.abs(y - forecast.centre[s]!) / scale,
      ewma: Math.abs(y) / input.ewma[s]!,
      quantile: Math.max(input.quantiles.lower[s]! - scaled, scaled - input.quantiles.upper[s]!),
      scale: scale / forecast.stretch[s]!,
    });
  }

  #combinations(centres: readonly Float64Array[]): SessionForecast['combined'] {
    return {
      voting: this.#combine(centres, 'voting'),
      weighted: this.#combine(centres, 'weighted'),
      stacking: this.#combine(centres, 'stacking'),
    };
  }

  #combine(centres: readonly Float64Array[], combination: Combination): Float64Array {
    const factors = this.combiner.factors(combination);
    const combined = new Float64Array(this.#symbols.length);
    for (const [member, centre] of centres.entries()) {
      for (let s = 0; s < combined.length; s += 1) combined[s]! += factors[member]! * centre[s]!;
    }
    return combined;
  }
}

/** The ends of the quantile head, with the centre between them. */
function quantileEnds({ quantiles }: SessionInput, { centre, scale }: Omit<Around, 'stretch'>): Ends {
  return {
    low: scale.map((v, s) => Math.min(centre[s]!, v * quantiles.lower[s]!)),
    high: scale.map((v, s) => Math.max(centre[s]!, v * quantiles.upper[s]!)),
  };
}

function isJudged(forecast: SessionForecast, label: Float64Array, symbol: number): boolean {
  return Number.isFinite(label[symbol]! * forecast.scale[symbol]! * forecast.centre[symbol]!);
}

/** Returns the outcome of a session for one method's published intervals; without an interval a close is outside. */
function sessionOutcome(
  { lower, upper }: SessionIntervals,
  closes: Float64Array,
  symbols: readonly number[],
): SessionOutcome {
  const inside = symbols.filter((s) => closes[s]! >= lower[s]! && closes[s]! <= upper[s]!);
  return { inside: inside.length, judged: symbols.length };
}
