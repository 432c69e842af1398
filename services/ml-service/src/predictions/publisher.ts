import type { Service } from '@daytrade/service';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type InDayPublication, type InDayRequest, publishInDay } from '../in-day/publish-in-day.ts';
import { NewestForecaster } from './newest-forecaster.ts';
import { type Publication, publishPredictions } from './publish.ts';

/** Publishes predictions; see {@link publishPredictions}. */
export type Publisher = (wanted?: readonly string[], publish?: boolean) => Promise<Publication>;
/** Publishes forecasts within the day; see {@link publishInDay}. */
export type InDayPublisher = (request: InDayRequest) => Promise<InDayPublication>;

/** The one way in which predictions leave the service, by request or by job: what is new is counted. */
export interface Publishers {
  readonly nextClose: Publisher;
  readonly inDay: InDayPublisher;
}

/** Makes the publishers of a service, which counts what they publish. */
export function createPublishers(service: Service, dependencies: MlServiceDependencies): Publishers {
  const forecaster = new NewestForecaster(dependencies);
  const made = service.metrics.counter('predictionsMade');
  const counted = async <Made extends { readonly added: number }>(publication: Promise<Made>) => {
    const done = await publication;
    made.inc(done.added);
    return done;
  };
  return {
    nextClose: (wanted, publish) => counted(publishPredictions(dependencies, forecaster, wanted, publish)),
    inDay: (request) => counted(publishInDay(dependencies, request)),
  };
}
