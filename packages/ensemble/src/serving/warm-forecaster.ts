import { createHash } from 'node:crypto';
import { barNames, type Panel, type ResultsCalendar } from '@daytrade/series';
import type { Ensemble } from '../ensemble.ts';
import { type Forecast, Forecaster } from './forecaster.ts';

export interface WarmForecast {
  readonly forecasts: readonly Forecast[];
  /** Sessions whose features were computed for it: all of the panel's when its history was new. */
  readonly sessionsTaken: number;
}

/**
 * One ensemble that stands ready at the end of a history. A caller that knows the history to be unchanged passes its
 * new sessions alone, by the name of the history; any other panel is gone through from its beginning. The forecasts are
 * the same either way.
 */
export class WarmForecaster {
  readonly #ensemble: Ensemble;
  /** The forecaster that has taken the history of a name; undefined after a failure. */
  #taken: { readonly forecaster: Forecaster; readonly name: string | undefined } | undefined;

  constructor(ensemble: Ensemble) {
    this.#ensemble = ensemble;
  }

  /**
   * The forecasts for the session after the newest one of a panel.
   *
   * @param name by which {@link goOn} knows the history from then on
   * @param announced as of {@link Forecaster.take}
   * @throws DayTradeError as {@link Forecaster} does
   */
  forecast(panel: Panel, name?: string, announced?: ResultsCalendar): WarmForecast {
    return this.#take(new Forecaster(this.#ensemble, panel.symbols), panel, name, announced);
  }

  /**
   * The same from the new sessions alone, which follow those of the history of a name; undefined where it stands at the
   * end of another one.
   *
   * @param panel the sessions after that history, of the same symbols; none is fine
   * @param name of the history with them
   * @param announced as of {@link Forecaster.take}
   */
  goOn(panel: Panel, after: string, name: string, announced?: ResultsCalendar): WarmForecast | undefined {
    const before = this.#taken;
    return before?.name === after ? this.#take(before.forecaster, panel, name, announced) : undefined;
  }

  #take(
    forecaster: Forecaster,
    panel: Panel,
    name: string | undefined,
    announced: ResultsCalendar | undefined,
  ): WarmForecast {
    this.#taken = undefined;
    forecaster.take(panel, announced);
    this.#taken = { forecaster, name };
    return { forecasts: forecaster.forecasts(), sessionsTaken: panel.days.length };
  }
}

/** SHA-256 of the symbols and of every bar and dividend of a panel. */
export function panelHash(panel: Panel): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([panel.symbols, panel.days.length]))
    .update(panel.days);
  for (const name of barNames) hash.update(panel[name]);
  if (panel.dividends !== undefined) hash.update(panel.dividends.paid).update(panel.dividends.expected);
  if (panel.members !== undefined) hash.update(panel.members);
  return hash.digest('hex');
}
