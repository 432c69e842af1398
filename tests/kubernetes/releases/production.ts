import { routes } from '@daytrade/contracts';
import { attempt } from '../../support/command.ts';
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
  const ml = installation.client('ml-service');
  if ((await ml.call(routes.models)).live === null) {
    await installation.succeeds('startFetch', {
      provider: 'synthetic',
      symbols: 10,
      from: '2024-01-04',
    });
    await installation.succeeds('startTraining', {});
    await ml.call(routes.publishPredictions, { body: {} });
  }
  return installation;
}
