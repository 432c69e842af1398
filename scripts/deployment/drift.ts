import { summarise } from './programs.ts';
import type { Target } from './targets.ts';
import { initialise, makePlan } from './terraform.ts';

/** Compares an environment with its code and changes nothing. @throws Error when they differ */
export function drift(target: Target): void {
  initialise(target);
  const name = `${target.environment} on ${target.cloud}`;
  // Nothing is written, so a deployment at the same time need not wait.
  const differs = makePlan(target, ['-lock=false']);
  summarise(`${name}: ${differs ? 'differs from its code; the log has the plan' : 'as its code says'}`);
  if (differs) throw new Error(`${name} is not what its code says: the plan above shows where`);
}
