import { z } from 'zod';
import { wholeSetting } from './setting-types.ts';

/** How the scheduler service scales the workers of a Kubernetes namespace with the queue. */
export const scalingSettings = {
  DAYTRADE_WORKER_SCALING: z
    .stringbool()
    .default(false)
    .meta({ description: 'Whether the scheduler service scales the workers with the queue (Kubernetes only)' }),
  DAYTRADE_WORKER_DEPLOYMENT: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'expected the name of a Deployment')
    .default('worker')
    .meta({ description: 'Deployment of the workers', unit: 'name' }),
  DAYTRADE_WORKER_MIN: wholeSetting(1, { min: 1, max: 1000 }).meta({
    description: 'Workers that are kept however short the queue is',
    unit: 'replicas',
  }),
  DAYTRADE_WORKER_MAX: wholeSetting(4, { min: 1, max: 1000 }).meta({
    description: 'Workers at most',
    unit: 'replicas',
  }),
  DAYTRADE_WORKER_RUNS_PER_REPLICA: wholeSetting(2, { min: 1, max: 1000 }).meta({
    description: 'Unfinished runs for which one worker is enough',
    unit: 'runs',
  }),
} as const;
