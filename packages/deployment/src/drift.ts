import type { Surroundings } from './surroundings.ts';
import type { Target } from './targets.ts';
import { initialise, makePlan } from './terraform.ts';

/** Compares an environment with its code and changes nothing. @returns whether they differ */
export async function differsFromCode(surroundings: Surroundings, target: Target): Promise<boolean> {
  await initialise(surroundings, target);
  // Nothing is written, so a deployment at the same time need not wait.
  return await makePlan(surroundings, target, ['-lock=false']);
}
