import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pythonEnvironment } from '../support/python.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { isThere, run } from '../support/steps.ts';

const folder = repositoryRoot;
const hasActionlint = await isThere('sh', '-c', 'command -v actionlint');

/** The program, or why it cannot be had here. */
async function zizmor(): Promise<{ readonly program: string } | { readonly missing: string }> {
  try {
    const python = await pythonEnvironment('zizmor', join(import.meta.dirname, 'linters-requirements.txt'));
    return { program: python.command('zizmor') };
  } catch (error) {
    return { missing: (error as Error).message.slice(0, 200) };
  }
}

it.skipIf(!hasActionlint)(
  `actionlint has nothing to say${hasActionlint ? '' : ' (skipped: not on the PATH)'}`,
  async () => {
    // Without shellcheck, which not every machine has: the commands are one line each.
    expect((await run('actionlint', ['-shellcheck=', '-pyflakes='], { folder })).stdout).toBe('');
  },
);

it('zizmor finds nothing of medium severity or higher', async ({ skip }) => {
  const there = await zizmor();
  if ('missing' in there) return skip(`zizmor cannot be installed: ${there.missing}`);
  const found = await run(there.program, ['--offline', '--format=json', '--min-severity=medium', '.github'], {
    folder,
    allowed: [0, 11, 12, 13, 14],
  });
  expect(JSON.parse(found.stdout)).toEqual([]);
  // Most of it is the installation, on a machine where other suites run.
}, 240_000);
