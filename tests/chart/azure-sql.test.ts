import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { onPath } from '../support/packed-programs.ts';
import { objectNamed, rendered } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

const client = 'azure.workload.identity/client-id';

withPrograms(['helm'], 'Azure SQL and blobs', () => {
  const objects = onPath('helm') ? rendered('Azure SQL and blobs by identity') : [];
  const named = (kind: string, name: string) => objectNamed(objects, kind, name);
  const migrates = () => named('Job', 'migrate').spec.template;

  it('are in settings that the services take, without a password', () => {
    const { data } = named('ConfigMap', 'day-trade-settings') as unknown as { data: Record<string, string> };
    expect(parseSettings(data)).toMatchObject({
      DAYTRADE_DATABASE_URL:
        'sqlserver://daytrade@example.database.windows.net:1433/daytrade' +
        '?sslmode=verify-full&authentication=azure-entra',
      DAYTRADE_OBJECTS: 'https://example.blob.core.windows.net/objects',
    });
    expect(JSON.stringify(objects)).not.toContain('DAYTRADE_DATABASE_PASSWORD');
  });

  it('are asked by the migration as the identity of the services', () => {
    const { env } = migrates().spec.containers[0];
    const settings = Object.fromEntries(
      (env as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
    );
    expect(parseSettings(settings).DAYTRADE_DATABASE_URL).toContain('authentication=azure-entra');
    expect(migrates().metadata.labels).toMatchObject({ signs: 'in' });
    expect(named('ServiceAccount', 'migrate').metadata.annotations).toMatchObject({ [client]: 'an-identity' });
  });

  it('are seen in Application Insights, which the page finds as well', () => {
    const { data } = named('ConfigMap', 'day-trade-settings') as unknown as { data: Record<string, string> };
    expect(parseSettings(data).DAYTRADE_TRACES_APPLICATION_INSIGHTS).toContain('IngestionEndpoint=https://example.in.');
    const { egress } = named('NetworkPolicy', 'dashboard').spec;
    expect(egress).toContainEqual({
      to: [{ ipBlock: { cidr: '0.0.0.0/0' } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
  });

  it.each(['migrate', 'ml-service'])('have an open way, and so has Entra: %s', (name) => {
    const { egress } = named('NetworkPolicy', name).spec;
    const ports = (egress as { to: { ipBlock?: unknown }[]; ports: { port: number }[] }[])
      .filter(({ to }) => to.some(({ ipBlock }) => ipBlock !== undefined))
      .flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(ports).toEqual(expect.arrayContaining([1433, 443]));
    expect(ports).not.toContain(5432);
  });
});
