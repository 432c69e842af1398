import type { Service } from '@daytrade/service-kit';
import type { MlServiceDependencies } from '../dependencies.ts';
import { type Publication, publishPredictions } from './publish.ts';

/** Publishes predictions; see {@link publishPredictions}. */
export type Publisher = (wanted?: readonly string[]) => Promise<Publication>;

/** The one way in which predictions leave the service, by request or by job: what is new is counted. */
export function createPublisher(service: Service, dependencies: MlServiceDependencies): Publisher {
  const made = service.metrics.counter('predictionsMade');
  return async (wanted) => {
    const publication = await publishPredictions(dependencies, wanted);
    made.inc(publication.added);
    return publication;
  };
}
