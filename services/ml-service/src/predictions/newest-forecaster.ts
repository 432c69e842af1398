import type { Model } from '@daytrade/contracts';
import type { WarmForecast } from '@daytrade/ensemble';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type BarsUpTo, type NewestBars, readNewestBars } from './newest-bars.ts';

/** The symbols that forecasts are made of. */
export type ForecastSymbols = Pick<NewestBars, 'records' | 'synthetic' | 'withDividends' | 'leftOut'>;

/** The forecasts of a model. */
export interface NewestForecasts extends WarmForecast {
  readonly model: Model;
  readonly universe: ForecastSymbols;
}

/** Gives the model that is to forecast, or throws when it can say nothing about the symbols. */
export type ModelFor = (universe: ForecastSymbols) => Model;

/**
 * The forecasts of the live model from the newest bars, one after another. What an earlier one went through is neither
 * read nor computed again while nothing of it changes, so that a day more of thousands of symbols takes a second.
 */
export class NewestForecaster {
  readonly #dependencies: Pick<MlServiceDependencies, 'stores' | 'computations'>;
  #past: BarsUpTo | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(dependencies: Pick<MlServiceDependencies, 'stores' | 'computations'>) {
    this.#dependencies = dependencies;
  }

  /**
   * @param modelFor asked before anything is computed
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
    // What fails in its middle is not gone on from.
    this.#past = undefined;
    const { panel, name, after } = bars;
    const announced = await stores.announcements.calendar(panel.symbols.map(({ symbol }) => symbol));
    const whole = () =>
      computations.predict({ panel, artifactHash, name, announced }, () => stores.models.artifact(version));
    const made = await (after === undefined
      ? whole()
      : computations.goOn({ panel, artifactHash, name, after, announced }));
    // The thread has another model by now, or none.
    if (made === undefined) return await this.#forecast(modelFor);
    this.#past = bars.past;
    return { ...made, model, universe: bars };
  }
}
