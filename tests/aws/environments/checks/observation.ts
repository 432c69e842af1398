import { expect, it } from 'vitest';
import type { ApiRecord } from '../../account/account.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

export function checkObservation(checked: () => CheckedEnvironment): void {
  it('wires every alarm to the topic', () => {
    const { account, topic, name } = checked();
    // Those of target tracking belong to auto scaling, which they call.
    const alarms = account.list('alarms').filter((alarm) => !alarm.AlarmName.startsWith('TargetTracking-'));
    expect(alarms.length).toBeGreaterThan(25);
    for (const alarm of alarms) {
      expect(alarm.AlarmName.startsWith(name)).toBe(true);
      expect(alarm).toMatchObject({ AlarmActions: [topic], OKActions: [topic], ActionsEnabled: true });
    }
    expect(account.list('topics').find((candidate) => candidate.TopicArn === topic)?.KmsMasterKeyId).toBeTruthy();
  });

  it('lets EventBridge write to the topic without a condition, which it could not meet', () => {
    const { account, topic } = checked();
    const found = account.list('topics').find((candidate) => candidate.TopicArn === topic);
    const { Statement } = JSON.parse(found?.Policy) as { Statement: ApiRecord[] };
    const statements = Statement.filter(({ Effect, Principal }) => {
      const services = [Principal?.Service].flat();
      return Effect === 'Allow' && services.includes('events.amazonaws.com');
    });
    expect(statements).toHaveLength(1);
    expect(statements[0]).not.toHaveProperty('Condition');
  });

  it('scales services on processors and memory, behind the load balancer on requests, workers on the queue', () => {
    const { account, name } = checked();
    expect(account.list('scalable-targets')).toHaveLength(5);
    const named = account.list('scaling-policies').map((policy: ApiRecord) => policy.PolicyName);
    const ends = (end: string) => named.filter((policy) => policy.endsWith(`-${end}`)).length;
    expect([ends('cpu'), ends('memory'), ends('requests')]).toEqual([5, 5, 4]);
    expect(named).toContain(`${name}-worker-queue`);
  });
}
