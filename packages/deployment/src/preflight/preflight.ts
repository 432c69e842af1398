import type { Programs } from '../programs.ts';
import { bad, type Check } from './check.ts';
import { clusterChecks, contextCheck, type Intention } from './cluster-checks.ts';
import { type ToolName, toolCheck } from './tools.ts';

/**
 * Looks at everything that a deployment into a cluster needs, all of it whatever is missing, and changes nothing.
 * @param intention undefined where it cannot be known before something is applied
 */
export async function preflight(programs: Programs, intention: Intention): Promise<readonly Check[]> {
  const needed: readonly ToolName[] = ['kubectl', 'helm'];
  const tools = await Promise.all(needed.map((name) => toolCheck(programs, name)));
  const [kubectl, helm] = tools;
  const context = kubectl?.ok
    ? await contextCheck(programs, intention.place)
    : bad('context', 'not looked at: kubectl is missing', 'install kubectl');
  if (!context.ok || !helm?.ok) return [...tools, context];
  const asked = clusterChecks.map((check) => check(intention).catch(unknown));
  return [...tools, context, ...(await Promise.all(asked))];
}

function unknown(error: unknown): Check {
  return bad('cluster', (error as Error).message, 'see what the message says, and look again');
}
