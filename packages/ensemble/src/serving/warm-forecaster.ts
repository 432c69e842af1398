import { createHash } from 'node:crypto';
import type { Panel } from '@daytrade/series';
import type { Ensemble } from '../ensemble.ts';
import type { Forecast } from '../forecast.ts';
import { Forecaster } from './forecaster.ts';

/** What {@link WarmForecaster.forecast} gives. */
export interface WarmForecast {
  readonly forecasts: readonly Forecast[];
  /** Sessions whose features were computed for it: all of the panel's when its history was new. */
  readonly sessionsTaken: number;
}

/** What the forecaster has gone through. */
interface Taken {
  readonly forecaster: Forecaster;
  readonly sessions: number;
  readonly hash: string;
}

/**
 * One ensemble that stands ready at the end of a history. A panel that goes on from it costs only its new sessions; a
 * panel whose history is another one in any bar, dividend, symbol, tick table or price basis (a correction, a split, a
 * new symbol) is gone through from its beginning. The forecasts are the same either way.
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
   * @throws DayTradeError as {@link Forecaster} does
   */
  forecast(panel: Panel): WarmForecast {
    const before = this.#taken;
    const goesOn =
      before !== undefined && before.sessions <= panel.days.length && panelHash(panel, before.sessions) === before.hash;
    const forecaster = goesOn ? before.forecaster : new Forecaster(this.#ensemble, panel.symbols);
    const from = goesOn ? before.sessions : 0;
    // What fails in its middle is not gone on from.
    this.#taken = undefined;
    forecaster.take(panel, from);
    const sessions = panel.days.length;
    this.#taken = { forecaster, sessions, hash: panelHash(panel) };
    return { forecasts: forecaster.forecasts(), sessionsTaken: sessions - from };
  }
}

/** SHA-256 of the symbols and of every bar and dividend of the first sessions of a panel, by default of all. */
export function panelHash(panel: Panel, sessions = panel.days.length): string {
  const rows = sessions * panel.symbols.length;
  const hash = createHash('sha256').update(JSON.stringify([panel.symbols, sessions]));
  hash.update(panel.days.subarray(0, sessions));
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) hash.update(panel[name].subarray(0, rows));
  if (panel.dividends !== undefined) {
    hash.update(panel.dividends.paid.subarray(0, rows)).update(panel.dividends.expected.subarray(0, rows));
  }
  if (panel.members !== undefined) hash.update(panel.members.subarray(0, rows));
  return hash.digest('hex');
}
