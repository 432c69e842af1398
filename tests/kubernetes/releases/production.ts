import { modelListSchema, predictionListSchema } from '@daytrade/contracts';
import { attempt } from '../../support/command.ts';
import { environments } from './environments.ts';
import { install } from './helm.ts';
import { Installation } from './installation.ts';
import { untilReady } from './until-ready.ts';

/** The production release that the scenarios share, installed when it is not there, with a model and published predictions. */
export async function productionWithModel(): Promise<Installation> {
  const { namespace } = environments.production;
  const status = await attempt('helm', ['status', 'day-trade-ml', '--namespace', namespace]);
  if (status.exitCode === 0) await untilReady(namespace, 120);
  else await install(environments.production);
  const installation = await Installation.open(namespace);
  const ml = installation.client('ml-service');
  if ((await ml.get('/v1/models', modelListSchema)).live === null) {
    await installation.succeeds('data-service', '/v1/fetches', {
      provider: 'synthetic',
      symbols: 10,
      from: '2024-01-04',
    });
    await installation.succeeds('ml-service', '/v1/trainings', {});
    await ml.post('/v1/predictions', predictionListSchema, { body: {} });
  }
  return installation;
}
