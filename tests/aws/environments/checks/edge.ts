import { apiPrefix, routes } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import type { ApiRecord } from '../../account/account.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** The way in from outside. */
export function checkEdge(checked: () => CheckedEnvironment): void {
  it('answers over TLS 1.3 or 1.2 with forward secrecy, and sends plain HTTP there', () => {
    const { account } = checked();
    const listeners: ApiRecord[] = account.list('load-balancers').flatMap((balancer) => balancer.Listeners);
    const ports = listeners.map((listener) => listener.Port);
    expect(new Set(ports)).toEqual(new Set([80, 443]));
    for (const listener of listeners) {
      if (listener.Port === 443) {
        expect(listener).toMatchObject({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' });
        const certificates = account.list('certificates').map((certificate) => certificate.CertificateArn);
        expect(certificates).toContain(listener.Certificates[0].CertificateArn);
      } else {
        expect(listener.DefaultActions).toMatchObject([
          { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
        ]);
      }
    }
    expect(account.list('target-groups')).toHaveLength(4);
  });

  it('sends every path of the API to the service that answers it', () => {
    const { account } = checked();
    const listeners: ApiRecord[] = account.list('load-balancers').flatMap((balancer) => balancer.Listeners);
    const rules: ApiRecord[] = listeners
      .flatMap((listener) => listener.Rules)
      .filter((rule) => rule.Priority !== 'default')
      .toSorted((one, other) => Number(one.Priority) - Number(other.Priority));
    const targetFor = (path: string) => {
      const rule = rules.find((candidate) => pathsOf(candidate).some((begin) => path.startsWith(begin)));
      return /targetgroup\/dt-[a-z]+-([a-z-]+)\//.exec(rule?.Actions[0].TargetGroupArn)?.[1];
    };
    for (const { service, path } of Object.values(routes)) {
      expect(`${path} goes to ${targetFor(path)}`).toBe(`${path} goes to ${service}-service`);
    }
    expect(targetFor('/')).toBe('dashboard');
    expect(targetFor(`${apiPrefix}nothing`)).toBe('dashboard');
  });

  it('reads what is sent for attacks, but not the bytes of a file of bars', () => {
    const [balancer] = checked().account.list('load-balancers');
    const rules: ApiRecord[] = balancer?.WebACL.Rules;
    const narrowed = rules.filter((rule) => rule.Statement.ManagedRuleGroupStatement?.ScopeDownStatement);
    expect(narrowed.map((rule) => rule.Name)).toEqual(['AWSManagedRulesCommonRuleSet']);
  });

  it('drops invalid headers, writes down who asked, and is protected', () => {
    const { account } = checked();
    const [balancer, ...more] = account.list('load-balancers');
    expect(more).toEqual([]);
    expect(balancer?.Attributes).toMatchObject({
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'access_logs.s3.enabled': 'true',
      'deletion_protection.enabled': 'true',
    });
  });

  it('has a firewall with managed rules and a rate limit before it', () => {
    const { account, name } = checked();
    const [balancer] = account.list('load-balancers');
    const rules: ApiRecord[] = balancer?.WebACL.Rules;
    expect(balancer?.WebACL.Name).toBe(name);
    expect(rules.filter((rule) => rule.Statement.ManagedRuleGroupStatement)).toHaveLength(3);
    expect(rules.find((rule) => rule.Name === 'rate-limit')?.Statement.RateBasedStatement.Limit).toBe(2000);
  });
}

/** The paths that a rule takes, each without the star at its end. */
function pathsOf(rule: ApiRecord): string[] {
  return rule.Conditions.flatMap((condition: ApiRecord) =>
    (condition.PathPatternConfig?.Values ?? condition.Values).map((path: string) => path.replace(/\*$/, '')),
  );
}
