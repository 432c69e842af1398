import { DayTradeError } from '@daytrade/errors';
import { type IntradayColumns, type LimitBands, mapBars, type Panel, type SessionIndex } from '@daytrade/series';
import type { Strategy } from '../strategies/strategy.ts';
import type { SizeGroup } from './tick-tables.ts';

/**
 * Forecasts published before each session opened, at row `t * symbols + s`: yen in the panel's prices, NaN where
 * missing. On SharedArrayBuffers.
 */
export interface ForecastColumns {
  readonly centre: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Input of a backtest. Large arrays lie on SharedArrayBuffers, so that threads read them without a copy. */
export interface BacktestData {
  readonly panel: Panel;
  /** Row t holds the limits of the session after t, as `limitColumns` returns them. */
  readonly limits: LimitBands;
  /** Shares in a lot of each symbol; default 100. */
  readonly lots?: readonly number[] | undefined;
  /** Size group of each symbol, by which its tick table has a date. */
  readonly groups?: readonly SizeGroup[] | undefined;
  /** New shares for each old one by row `t * symbols + s`, of splits that the prices show as a step. */
  readonly splits?: ReadonlyMap<number, number> | undefined;
  readonly forecasts?: ForecastColumns | undefined;
  /** 5-minute bars of each symbol; undefined for a symbol without. */
  readonly intraday?: readonly (IntradayColumns | undefined)[] | undefined;
}

/** A copy of the data that grows session by session: later values are not in its memory. */
export class KnownData {
  readonly data: BacktestData;
  readonly #all: BacktestData;
  #session = 0;

  constructor(all: BacktestData) {
    const { panel, limits, forecasts } = all;
    const unknown = (values: Float64Array) => new Float64Array(values.length).fill(NaN);
    this.#all = all;
    this.data = {
      ...all,
      panel: { ...panel, ...mapBars(panel, unknown), members: panel.members && new Uint8Array(panel.members.length) },
      limits: { lower: unknown(limits.lower), upper: unknown(limits.upper) },
      forecasts: forecasts && mapForecasts(forecasts, unknown),
    };
  }

  /** Adds everything known before session `t` opens: earlier bars, and the forecasts and members of the session. */
  goTo(t: number): void {
    const { panel, limits, forecasts } = this.#all;
    const { data } = this;
    const rows = (before: number) => before * panel.symbols.length;
    const copy = <Values extends Float64Array | Uint8Array>(values: Values, to: Values, ahead = 0) => {
      const from = rows(this.#session + ahead);
      to.set(values.subarray(from, rows(t + ahead)), from);
      return values;
    };
    mapBars(panel, (column, name) => copy(column, data.panel[name]));
    copy(limits.lower, data.limits.lower);
    copy(limits.upper, data.limits.upper);
    if (forecasts) mapForecasts(forecasts, (column, name) => copy(column, data.forecasts![name], 1));
    if (panel.members) copy(panel.members, data.panel.members!, 1);
    this.#session = t;
  }
}

function mapForecasts(
  { centre, lower, upper }: ForecastColumns,
  change: (column: Float64Array, name: keyof ForecastColumns) => Float64Array,
): ForecastColumns {
  return { centre: change(centre, 'centre'), lower: change(lower, 'lower'), upper: change(upper, 'upper') };
}

/** Sessions that a backtest needs: those before its first one, for volatility and volume, and those that count. */
export const leastSessions = { before: 21, judged: 2 } as const;

/**
 * Returns the sessions of a range that count in the statistics: those in which a strategy can act. For a strategy that
 * needs forecasts these are the sessions with a forecast.
 */
export function countedSessions(
  { panel, forecasts }: Pick<BacktestData, 'panel' | 'forecasts'>,
  { needsForecasts }: Pick<Strategy, 'needsForecasts'>,
  from: SessionIndex,
  to: SessionIndex,
): readonly SessionIndex[] {
  const counted: SessionIndex[] = [];
  const symbols = panel.symbols.length;
  for (let t = Math.max(from, leastSessions.before); t < Math.min(to, panel.days.length); t += 1) {
    const own = forecasts?.lower.subarray(t * symbols, (t + 1) * symbols);
    if (!needsForecasts || own?.some((bound) => bound > 0) === true) counted.push(t);
  }
  return counted;
}

export function nothingToJudge(needsForecasts: boolean): DayTradeError {
  const { before, judged } = leastSessions;
  const why = needsForecasts
    ? `fewer than ${judged} sessions have forecasts; run \`daytrade evaluate\` or \`daytrade predict\` first`
    : `fewer than ${judged} sessions are left after the ${before} that volatility and volume are taken from`;
  return new DayTradeError('input.invalid', `--from, --to: ${why}`, { details: { field: '--from' } });
}
