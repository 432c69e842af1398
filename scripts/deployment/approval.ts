import { variable } from '../../packages/deployment/src/surroundings.ts';
import type { Target } from '../../packages/deployment/src/targets.ts';
import { surroundings } from './workflow.ts';

/** An environment of GitHub, as its API describes it. */
export interface GitHubEnvironment {
  readonly protection_rules?: readonly { readonly type: string }[];
}

/**
 * Why a deployment would go on without anybody's approval: GitHub makes an environment that a workflow names and nobody
 * has made, and one without reviewers asks nobody.
 * @param found what GitHub has under the name; undefined when there is none
 */
export function missingApproval(target: Target, found: GitHubEnvironment | undefined): string | undefined {
  const name = approvalEnvironment(target);
  if (found === undefined) return `GitHub has no environment ${name}: docs/deployment.md says how to make it`;
  const asks = found.protection_rules?.some(({ type }) => type === 'required_reviewers') === true;
  return asks ? undefined : `the environment ${name} of GitHub has no required reviewers, so nobody would be asked`;
}

/** Name of the environment whose reviewers approve a plan. */
export function approvalEnvironment({ environment }: Target): string {
  return `${environment}-approval`;
}

/** Asks GitHub whether somebody will be asked; development needs no approval. @throws Error when not */
export async function checkApproval(target: Target): Promise<void> {
  if (target.environment === 'development') return;
  const path = `repos/${variable(surroundings, 'GITHUB_REPOSITORY')}/environments/${approvalEnvironment(target)}`;
  const answer = await fetch(`${variable(surroundings, 'GITHUB_API_URL')}/${path}`, {
    headers: {
      authorization: `Bearer ${variable(surroundings, 'GITHUB_TOKEN')}`,
      accept: 'application/vnd.github+json',
    },
  });
  if (!answer.ok && answer.status !== 404) throw new Error(`GitHub answers ${answer.status} for ${path}`);
  const found = answer.ok ? ((await answer.json()) as GitHubEnvironment) : undefined;
  const missing = missingApproval(target, found);
  if (missing !== undefined) throw new Error(missing);
}
