import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSecret, settingsSchema } from '@daytrade/contracts';
import { targetCoverage, targetInWords } from '@daytrade/contracts/objective';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What runs: neither tests nor what only they use. */
const sources = globSync('{packages,services,apps,infrastructure}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist', 'testing', 'oracles'].includes(name),
}).filter((file) => !/\.(?:test|suite|fixture|d)\.tsx?$/.test(file));

function filesThatSay(pattern: RegExp): string[] {
  return sources.filter((file) => pattern.test(withoutComments(read(file))));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** Where a page or a file of the infrastructure says which version of day-trade it is about. */
const statedVersion =
  /(?:\bday-trade:|\bVERSION=|\$repository:|\bimageTag=|\.io\/version: |^(?:appV|v)ersion: |^## )(\d+\.\d+\.\d+)/gm;

describe('the promised coverage', () => {
  it('is stated once, and everywhere else taken from there', () => {
    expect(filesThatSay(/\b0\.93(?!\d)|\b93 ?%/)).toEqual(['packages/contracts/src/objective.ts']);
    expect(targetInWords).toBe(`${Math.round(targetCoverage * 100)} %`);
  });

  it('is what an environment on AWS raises its alarm at', () => {
    const [, objective] = /variable "coverage_objective" \{[^}]*?default += ([\d.]+)/.exec(
      read('infrastructure/terraform/aws/variables.monitoring.tf'),
    ) as RegExpExecArray;
    expect(Number(objective)).toBe(targetCoverage);
  });
});

describe('the version', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };

  it('is stated in package.json and in no source', () => {
    expect(filesThatSay(new RegExp(`['"\`]${RegExp.escape(version)}['"\`]`))).toEqual([]);
  });

  it('is what image, chart, manifests and the pages about them name', () => {
    const stated = globSync('infrastructure/**/*.{md,yaml}', { cwd: root, exclude: (name) => name === 'dist' })
      .concat('infrastructure/docker/Dockerfile', 'CHANGELOG.md')
      .flatMap((file) => [...read(file).matchAll(statedVersion)].map(([, found]) => ({ file, found })));
    expect(new Set(stated.map(({ file }) => file)).size).toBeGreaterThan(15);
    expect(stated.filter(({ found }) => found !== version)).toEqual([]);
    expect(read('infrastructure/helm/day-trade-ml/Chart.yaml').match(statedVersion)).toHaveLength(2);
  });
});

describe('the secrets among the settings', () => {
  it('are each refused by the chart as values, which would be readable by whoever may read a ConfigMap', () => {
    const checks = read('infrastructure/helm/day-trade-ml/templates/checks.yaml');
    const [, refused = ''] = /regexMatch "([^"]+)" \$name/.exec(checks) ?? [];
    const secrets = Object.keys(settingsSchema.shape).filter(isSecret);
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter((name) => !new RegExp(refused).test(name))).toEqual([]);
    expect(new RegExp(refused).test('DAYTRADE_JQUANTS_API_KEY_FILE')).toBe(false);
  });
});
