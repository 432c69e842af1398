import { createHash } from 'node:crypto';
import { barNames, type Panel, type ResultsCalendar } from '@daytrade/series';
import type { Ensemble } from '../ensemble.ts';
import { type Forecast, Forecaster } from './forecaster.ts';

export interface WarmForecast {
  readonly forecasts: readonly Forecast[];
  /** Sessions whose features were computed for it: all of the panel's when its history was new. */
  readonly sessionsTaken: number;
}

/** The sessions that the forecaster has taken. */
interface Taken {
  readonly forecaster: Forecaster;
  readonly sessions: number;
  /** The hash of its panel; undefined after it went on from bars that were not there. */
  readonly hash: string | undefined;
  readonly name: string | undefined;
}

/**
 * One ensemble that stands ready at the end of a history. A panel that goes on from it costs only its new sessions; a
 * panel whose history is another one in any bar, dividend, symbol, tick table or price basis (a correction, a split, a
 * new symbol) is gone through from its beginning. The forecasts are the same either way.
 *
 * A caller that knows the history to be unchanged may pass its new sessions alone, by the name of the history.
 */
export class WarmForecaster {
  readonly #ensemble: Ensemble;
  #taken: Taken | undefined;

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
    const before = this.#taken;
    const goesOn =
      before !== undefined && before.sessions <= panel.days.length && panelHash(panel, before.sessions) === before.hash;
    const forecaster = goesOn ? before.forecaster : new Forecaster(this.#ensemble, panel.symbols);
    const from = goesOn ? before.sessions : 0;
    // After a failure the history is taken again from its beginning.
    this.#taken = undefined;
    forecaster.take(panel, from, announced);
    const sessions = panel.days.length;
    this.#taken = { forecaster, sessions, hash: panelHash(panel), name };
    return { forecasts: forecaster.forecasts(), sessionsTaken: sessions - from };
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
    if (before === undefined || before.name !== after) return undefined;
    const { forecaster, hash } = before;
    const sessionsTaken = panel.days.length;
    this.#taken = undefined;
    forecaster.take(panel, 0, announced);
    const sessions = before.sessions + sessionsTaken;
    this.#taken = { forecaster, sessions, hash: sessionsTaken === 0 ? hash : undefined, name };
    return { forecasts: forecaster.forecasts(), sessionsTaken };
  }
}

/** SHA-256 of the symbols and of every bar and dividend of the first sessions of a panel, by default of all. */
export function panelHash(panel: Panel, sessions = panel.days.length): string {
  const rows = sessions * panel.symbols.length;
  const hash = createHash('sha256').update(JSON.stringify([panel.symbols, sessions]));
  hash.update(panel.days.subarray(0, sessions));
  for (const name of barNames) hash.update(panel[name].subarray(0, rows));
  if (panel.dividends !== undefined) {
    hash.update(panel.dividends.paid.subarray(0, rows)).update(panel.dividends.expected.subarray(0, rows));
  }
  if (panel.members !== undefined) hash.update(panel.members.subarray(0, rows));
  return hash.digest('hex');
}
