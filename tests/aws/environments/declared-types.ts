import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/running-process.ts';
import type { AppliedEnvironment } from './applied-environment.ts';

/** Types of resources that no environment of the tests makes, each behind a variable, and why. */
export const notApplied: Readonly<Record<string, string>> = {
  aws_iam_instance_profile: 'eks_jump_host: planned by terraform test, as the machine that has it',
  aws_instance:
    'eks_jump_host: planned by terraform test; the provider waits for ever for the machine of the simulator',
  aws_sns_topic_subscription: 'alarm_emails: a subscription waits for a person who confirms it by e-mail',
};

/** Types of the resources in the configuration, its modules included. */
export function declaredTypes(): Set<string> {
  const root = join(repositoryRoot, 'infrastructure', 'terraform', 'aws');
  const files = globSync(['*.tf', 'modules/*/*.tf'], { cwd: root });
  const text = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  return new Set([...text.matchAll(/^resource "(\w+)"/gm)].map((match) => String(match[1])));
}

/** Types of the resources that an environment's plan makes. */
export function plannedTypes({ plan }: AppliedEnvironment): string[] {
  const changes: { type: string; change: { actions: string[] } }[] = JSON.parse(plan).resource_changes;
  return changes.filter(({ change }) => change.actions.includes('create')).map(({ type }) => type);
}
