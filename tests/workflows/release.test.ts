import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkRelease, findReleaseNotes } from '../../scripts/release/check.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { workflow } from './workflow-files.ts';

const { on, concurrency, jobs } = workflow('release');

describe('the release', () => {
  it('is made by the tag of a version, one at a time, and never broken off', () => {
    expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
    expect(concurrency).toEqual({ group: 'release', 'cancel-in-progress': false });
  });

  it('publishes what was built after the checks, once somebody was asked', () => {
    expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
      ['check', undefined],
      ['build', 'check'],
      ['publish', 'build'],
    ]);
    expect(jobs.check?.permissions).toEqual({ contents: 'read' });
    for (const name of ['build', 'publish']) expect(jobs[name]?.environment).toBe('release');
    expect(jobs.build?.permissions?.contents).toBe('read');
  });

  it('names image and charts in small letters, in each job that pushes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'env');
    const env = { GITHUB_REPOSITORY: 'Owner/Day-Trade', GITHUB_REPOSITORY_OWNER: 'Owner', GITHUB_ENV: file };
    for (const name of ['build', 'publish']) {
      const step = jobs[name]?.steps.find(({ run }) => run?.includes('GITHUB_ENV'));
      writeFileSync(file, '');
      execFileSync('bash', ['-euc', step?.run ?? 'false'], { env });
      expect(readFileSync(file, 'utf8')).toBe('IMAGE=ghcr.io/owner/day-trade\nCHARTS=ghcr.io/owner/charts\n');
    }
  });
});

describe('the check of a tag', () => {
  const changelog = '# Changelog\n\n## 0.2.0 – 2027-01-15\n\n- **Page**: new.\n\n## 0.1.0 – unreleased\n\n- First.\n';

  it('takes the section of its version for the notes', () => {
    expect(findReleaseNotes(changelog, '0.2.0')).toBe('- **Page**: new.\n');
  });

  it.each([
    ['0.1.0', 'CHANGELOG.md: ## 0.1.0 – unreleased: expected its day, ## 0.1.0 – YYYY-MM-DD'],
    ['0.3.0', 'CHANGELOG.md has no section ## 0.3.0'],
    ['0.0.9', 'says nothing under ## 0.0.9'],
  ])('refuses %s', (version, message) => {
    expect(() => findReleaseNotes(`${changelog}\n## 0.0.9 – 2025-01-15\n`, version)).toThrow(message);
  });

  it('compares the tag with the version of the code, and leaves the notes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'package.json'), '{ "version": "0.2.0" }');
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    expect(() => checkRelease(folder, 'v0.3.0')).toThrow('the tag is v0.3.0, and package.json says 0.2.0');
    checkRelease(folder, 'v0.2.0');
    expect(readFileSync(join(folder, '.cache/release/notes.md'), 'utf8')).toBe('- **Page**: new.\n');
  });

  it('finds a section of the version that is written now', () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string };
    const unreleased = new RegExp(`^## ${version.replaceAll('.', '\\.')} – (unreleased|\\d{4}-\\d{2}-\\d{2})$`, 'm');
    expect(readFileSync(join(repositoryRoot, 'CHANGELOG.md'), 'utf8')).toMatch(unreleased);
  });
});
