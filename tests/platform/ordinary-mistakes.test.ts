import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FinishedHere } from '../support/command-here.ts';
import { Installation } from '../support/installation.ts';
import { type Finished, stopEverything, temporaryFolder } from '../support/running-process.ts';
import { writeBars } from './made-bars.ts';
import { commandMistakes, settingMistakes, stateMistakes } from './ordinary-mistakes/command-mistakes.ts';
import { importMistakes } from './ordinary-mistakes/import-mistakes.ts';
import { exitCodes, type Mistake } from './ordinary-mistakes/mistake.ts';
import { kept } from './ordinary-mistakes/what-is-kept.ts';

const installation = new Installation('mistakes');
const mistakes = [...importMistakes, ...commandMistakes, ...settingMistakes, ...stateMistakes];
let before: unknown;

beforeAll(async () => {
  const folder = join(temporaryFolder('mistakes'), 'bars');
  writeBars(folder, { symbols: ['7203', '9984'], from: '2025-10-01', to: '2025-12-30' });
  const imported = await installation.daytrade('import', folder);
  expect(imported.exitCode, imported.stderr).toBe(0);
  // A running platform, which the commands ask: each of them is quicker, and none may bring it down.
  await installation.start(['up', '--no-synthetic']).until('stdout', /is ready/);
  before = await kept(installation);
});
afterAll(stopEverything);

async function make({ command, prepare, environment, ownProcess }: Mistake): Promise<Finished | FinishedHere> {
  const place = { folder: join(temporaryFolder('mistake'), 'bars'), state: installation.stateFolder };
  prepare?.(place);
  const words = command.split(' ').map((word) => word.replace('FOLDER', place.folder).replace('STATE', place.state));
  if (ownProcess !== true) return installation.here(...words);
  return installation.start(words, { timeoutSeconds: 60, ...(environment && { environment }) }).finished;
}

describe('ordinary mistakes', () => {
  it('are sixty at least', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(60);
    expect(new Set(mistakes.map(({ command, name }) => `${command} ${name}`)).size).toBe(mistakes.length);
  });

  it.each(mistakes.map((mistake) => [`${mistake.name}: daytrade ${mistake.command}`, mistake] as const))(
    '%s',
    async (_name, mistake) => {
      const { exitCode, stdout, stderr } = await make(mistake);
      expect(exitCode, stderr).toBe(exitCodes[mistake.exit]);
      for (const words of mistake.says) expect(stderr + stdout).toMatch(words);
      expect(stderr).not.toMatch(/internal\.bug|\bat .*\.ts:\d+|\[object |undefined|NaN\b/);
    },
  );

  it('change nothing of what is kept', async () => {
    expect(await kept(installation)).toEqual(before);
  });
});
