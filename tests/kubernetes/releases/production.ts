import { routes } from '@daytrade/contracts';
import { attempt } from '../../support/steps.ts';
import { environments } from './environments.ts';
import { install } from './helm.ts';
import { Installation } from './installation.ts';
import { untilReady } from './until-ready.ts';

/**
 * The production release that the scenarios share, installed when it is not there, with a model and published
 * predictions.
 */
export async function productionWithModel(): Promise<Installation> {
  const { namespace } = environments.production;
  const status = await attempt('helm', ['status', 'day-trade-ml', '--namespace', namespace]);
  if (status.exitCode === 0) await untilReady(namespace, 120);
  else await install(environments.production);
  const installation = await Installation.open(namespace);
  const { live } = await installation.client('ml-service').call(routes.models);
  if (live === null) await fill(installation);
  return installation;
}

/** Fetches synthetic bars, trains a model on them, and publishes its predictions. */
async function fill(installation: Installation): Promise<void> {
  await installation.succeeds('startFetch', {
    provider: 'synthetic',
    symbols: 10,
    from: '2024-01-04',
  });
  await installation.succeeds('startTraining', {});
  await installation.client('ml-service').call(routes.publishPredictions, { body: {} });
}
