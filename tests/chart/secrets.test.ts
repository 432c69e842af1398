import { expect, it } from 'vitest';
import { renderedObjects } from './rendered.ts';
import { kubernetesVersions, type Variant, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

const production = variants.find(({ name }) => name === 'production') as Variant;

withPrograms(['helm'], 'Secrets that the chart makes', () => {
  it('belong to no revision, so that a rollback restores none, and stay after an uninstall', () => {
    const secrets = renderedObjects(production, kubernetesVersions[2]).filter(({ kind }) => kind === 'Secret');
    expect(secrets.map(({ metadata }) => metadata.name).sort()).toEqual(['day-trade-secrets', 'day-trade-tls']);
    for (const { metadata } of secrets) {
      expect(metadata.annotations).toEqual({
        'helm.sh/hook': 'pre-install,pre-upgrade',
        'helm.sh/hook-weight': '-30',
        'helm.sh/resource-policy': 'keep',
      });
    }
  });
});
