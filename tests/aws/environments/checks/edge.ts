import { expect, it } from 'vitest';
import type { ApiRecord } from '../../account/account.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** The way in from outside. */
export function checkEdge(checked: () => CheckedEnvironment): void {
  it('answers over TLS 1.3 or 1.2 with forward secrecy, and sends plain HTTP there', () => {
    const { account, expected } = checked();
    const listeners: ApiRecord[] = account.list('load-balancers').flatMap((balancer) => balancer.Listeners);
    const ports = listeners.map((listener) => listener.Port);
    expect(new Set(ports)).toEqual(new Set(expected.hasHttps ? [80, 443] : [80]));
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
    expect(account.list('target-groups')).toHaveLength(expected.hasHttps ? 4 : 0);
  });

  it('drops invalid headers, writes down who asked, and is protected', () => {
    const { account, expected } = checked();
    const [balancer, ...more] = account.list('load-balancers');
    expect(more).toEqual([]);
    expect(balancer?.Attributes).toMatchObject({
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'access_logs.s3.enabled': 'true',
      'deletion_protection.enabled': String(expected.isProtected),
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
