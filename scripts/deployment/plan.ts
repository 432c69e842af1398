import { guardPlan, makePlanFile } from '../../packages/deployment/src/plan.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { setOutput, summarise, surroundings } from './workflow.ts';

/**
 * Plans an environment into a file, says what it does and what its hash is, and has the guard judge it.
 * @throws Error when the guard refuses it
 */
export async function plan(target: Target): Promise<void> {
  const { sha256, summary } = await makePlanFile(surroundings, target);
  setOutput('sha256', sha256);
  summarise(`### Plan for ${target.environment} on ${target.cloud}\n\n${summary}\n\nSHA-256 \`${sha256}\`\n`);
  await guardPlan(surroundings, target);
}
