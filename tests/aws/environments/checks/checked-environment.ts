import type { Account, ApiRecord } from '../../account/account.ts';
import type { AppliedEnvironment } from '../applied-environment.ts';

/** What the checks of an applied environment look at. */
export interface CheckedEnvironment {
  /** As everything is called. */
  readonly name: string;
  readonly applied: AppliedEnvironment;
  readonly account: Account;
  readonly vpc: ApiRecord;
  /** ARNs of keys that are on and turn by themselves. */
  readonly keys: readonly string[];
  /** ARN of the topic that alarms go to. */
  readonly topic: string;
}

export function checkedEnvironment(applied: AppliedEnvironment): CheckedEnvironment {
  const name = 'day-trade-production';
  const account = applied.after;
  const isNamed = (tag: ApiRecord) => tag.Key === 'Name' && tag.Value === name;
  const vpc = account.list('vpcs').find((candidate) => candidate.Tags?.some(isNamed));
  if (vpc === undefined) throw new Error(`${name} has no VPC`);
  const keys = account
    .list('keys')
    .filter((key) => key.KeyState === 'Enabled' && key.KeyManager === 'CUSTOMER' && key.KeyRotationEnabled)
    .map((key) => key.Arn as string);
  const topic = account.list('topics').find(({ TopicArn }) => TopicArn.endsWith(`:${name}-alarms`));
  return { name, applied, account, vpc, keys, topic: topic?.TopicArn };
}
