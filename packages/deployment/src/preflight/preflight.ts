import type { Cluster } from '../cluster.ts';
import type { Processes } from '../lock.ts';
import type { Programs } from '../programs.ts';
import { bad, type Check } from './check.ts';
import {
  clusterChecks,
  contextCheck,
  type Intention,
  lockCheck,
  releaseCheck,
  rightsCheck,
  valuesCheck,
} from './cluster-checks.ts';
import { type ToolName, toolCheck } from './tools.ts';

/**
 * Looks at everything that a deployment into a cluster needs, all of it whatever is missing, and changes nothing.
 */
export async function preflight(programs: Programs, intention: Intention): Promise<readonly Check[]> {
  const needed: readonly ToolName[] = ['kubectl', 'helm'];
  const tools = await Promise.all(needed.map((name) => toolCheck(programs, name)));
  const [kubectl, helm] = tools;
  const context = kubectl?.ok
    ? await contextCheck(programs, intention.place)
    : bad('context', 'not looked at: kubectl is missing', 'install kubectl');
  if (!helm?.ok) return [...tools, context];
  // What helm alone can say.
  if (!context.ok) return [...tools, context, await valuesCheck(intention)];
  const asked = clusterChecks.map((check) => check(intention).catch(unknown));
  return [...tools, context, ...(await Promise.all(asked))];
}

/** What can be asked of a cloud's cluster once there is one. */
export async function clusterPreflight(
  cluster: Cluster,
  processes: Processes,
  takeOver: boolean,
): Promise<readonly Check[]> {
  const intention = { cluster, processes, takeOver };
  return await Promise.all([rightsCheck, lockCheck, releaseCheck].map((check) => check(intention).catch(unknown)));
}

function unknown(error: unknown): Check {
  return bad('cluster', (error as Error).message, 'see what the message says, and look again');
}
