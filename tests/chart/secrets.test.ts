import { expect, it } from 'vitest';
import { rendered } from './rendered.ts';
import { withPrograms } from './with-programs.ts';

withPrograms(['helm'], 'Secrets that the chart makes', () => {
  it('belong to no revision, so that a rollback restores none, and stay after an uninstall', () => {
    const secrets = rendered('production').filter(({ kind }) => kind === 'Secret');
    expect(secrets.map(({ metadata }) => metadata.name).sort()).toEqual(['day-trade-secrets', 'day-trade-tls']);
    for (const { metadata } of secrets) {
      expect(metadata.annotations).toEqual({
        'helm.sh/hook': 'pre-install,pre-upgrade',
        'helm.sh/hook-weight': '-30',
        'helm.sh/resource-policy': 'keep',
      });
    }
  });

  it('come on Azure from Key Vault, without a password of what pods sign in to by their identity', () => {
    const objects = rendered('azure');
    const [external] = objects.filter(({ kind }) => kind === 'ExternalSecret');
    const keys = external?.spec?.data.map(({ secretKey }: { readonly secretKey: string }) => secretKey);
    expect(keys).toEqual(['token', 'database-password', 'grafana-admin-password']);
    expect(JSON.stringify(objects)).not.toContain('redis-password');
  });
});
