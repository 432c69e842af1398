import { resolve } from 'node:path';
import { type Check, DeploymentError, imageValues, planCanary, preflight, type Upgrade } from '@daytrade/deployment';
import { DayTradeError } from '@daytrade/errors';
import { textOption } from '../input.ts';
import type { CanaryOptions } from './canary-options.ts';
import { marketHoursCheck } from './market-hours.ts';
import type { OpenDeployment } from './open-deployment.ts';
import { ownProcesses } from './processes.ts';

type Options = Readonly<Record<string, unknown>>;

/** What is rolled out into the cluster of a context: the environment's values, and what the options lay over them. */
export function kubernetesUpgrade({ place }: OpenDeployment, options: Options): Upgrade {
  const own = ((options.values as readonly string[] | undefined) ?? []).map((file) => resolve(file));
  const set = (options.set as readonly string[] | undefined) ?? [];
  const named = textOption(options, 'image');
  const image = named === undefined ? [] : [imageOf(named)];
  return {
    files: [`values.${place.environment}.yaml`, ...own],
    set: [...image, ...set],
    options: ['--create-namespace'],
  };
}

function imageOf(image: string): string {
  try {
    return imageValues(image);
  } catch (error) {
    throw new DayTradeError('input.invalid', (error as Error).message, { details: { field: '--image', value: image } });
  }
}

/** Everything that the deployment needs, looked at all at once; nothing is changed. */
export async function kubernetesChecks(
  open: OpenDeployment,
  upgrade: Upgrade,
  options: Options,
  canary?: CanaryOptions,
): Promise<Check[]> {
  const { neededSchemaVersion } = await import('@daytrade/storage');
  const { cluster, place, surroundings } = open;
  const takeOver = options.takeOver === true;
  const intention = { cluster, place, upgrade, schemaVersion: neededSchemaVersion, processes: ownProcesses, takeOver };
  const hours = marketHoursCheck(place.environment, Date.now(), options.inSession === true);
  const checks = await preflight(surroundings.programs, intention);
  // What else is missing keeps a canary from being planned, and is named.
  const planned =
    canary === undefined || checks.some(({ ok }) => !ok) ? [] : [await canaryCheck(open, upgrade, canary)];
  return [...checks, hours, ...planned];
}

/** Whether a version can be tried beside the one that serves, by whoever deploys. */
export async function canaryCheck(
  { cluster }: OpenDeployment,
  upgrade: Upgrade,
  { settings }: CanaryOptions,
): Promise<Check> {
  const name = 'canary';
  try {
    const forwards = cluster.kubectl('auth', 'can-i', 'create', 'pods/portforward');
    if ((await cluster.programs.tryRead('kubectl', forwards))?.trim() !== 'yes') {
      const mend = `have an administrator bind the ClusterRole admin in ${cluster.namespace} to you`;
      return { name, ok: false, message: 'may not reach pods to ask them (pods/portforward)', mend };
    }
    const { image, stable } = await planCanary(cluster, upgrade, settings);
    return { name, ok: true, message: `${image} beside ${stable}` };
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    return { name, ok: false, message: error.message, mend: 'deploy without --canary, or mend what it names' };
  }
}
