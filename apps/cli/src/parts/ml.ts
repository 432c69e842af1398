import { availableParallelism } from 'node:os';
import { Computations, createMlService } from '@daytrade/ml-service';
import type { CreatePart, Embedded, PartContext, Shared } from '@daytrade/service/host';

/** The ML service with its threads. In a cluster they only publish predictions on request; a worker does the rest. */
export const createMlPart: CreatePart<Embedded | Shared> = async (context) =>
  await createMlService({ ...context, computations: openComputations(context) });

/** The threads of this process for trainings, evaluations, audits and predictions. */
export function openComputations({ settings, opening }: Pick<PartContext, 'settings' | 'opening'>): Computations {
  const computations = new Computations(settings.DAYTRADE_WORKERS ?? availableParallelism());
  opening.defer(() => computations.close());
  return computations;
}
