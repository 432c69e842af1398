import type { AppliedEnvironment } from './applied-environment.ts';

/** Types of resources that no environment of the tests makes, each behind a variable, and why. */
export const notApplied: Readonly<Record<string, string>> = {
  aws_iam_instance_profile: 'eks_jump_host: planned by terraform test, as the machine that has it',
  aws_instance:
    'eks_jump_host: planned by terraform test; the provider waits for ever for the machine of the simulator',
  aws_sns_topic_subscription: 'alarm_emails: a subscription waits for a person who confirms it by e-mail',
};

/** Types of the resources that an environment's plan makes. */
export function plannedTypes({ plan }: AppliedEnvironment): string[] {
  const changes: { type: string; change: { actions: string[] } }[] = JSON.parse(plan).resource_changes;
  return changes.filter(({ change }) => change.actions.includes('create')).map(({ type }) => type);
}
