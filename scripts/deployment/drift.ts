import { differsFromCode } from '../../packages/deployment/src/drift.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { summarise, surroundings } from './workflow.ts';

/** Compares an environment with its code and changes nothing. @throws Error when they differ */
export async function drift(target: Target): Promise<void> {
  const name = `${target.environment} on ${target.cloud}`;
  const differs = await differsFromCode(surroundings, target);
  summarise(`${name}: ${differs ? 'differs from its code; the log has the plan' : 'as its code says'}`);
  if (differs) throw new Error(`${name} is not what its code says: the plan above shows where`);
}
