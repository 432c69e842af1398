import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelListSchema, symbolListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FinishedHere } from '../support/command-here.ts';
import { Installation } from '../support/installation.ts';
import { type Finished, stopEverything, temporaryFolder } from '../support/running-process.ts';
import { writeBars } from './made-bars.ts';
import { commandMistakes, settingMistakes, stateMistakes } from './ordinary-mistakes/command-mistakes.ts';
import { importMistakes } from './ordinary-mistakes/import-mistakes.ts';
import { exitCodes, type Mistake } from './ordinary-mistakes/mistake.ts';

const installation = new Installation('mistakes');
const mistakes = [...importMistakes, ...commandMistakes, ...settingMistakes, ...stateMistakes];
let before: unknown;

beforeAll(async () => {
  await installation.begin();
  const folder = join(temporaryFolder('mistakes'), 'bars');
  writeBars(folder, { symbols: ['7203', '9984'], from: '2025-10-01', to: '2025-12-30' });
  const imported = await installation.daytrade('import', folder);
  expect(imported.exitCode, imported.stderr).toBe(0);
  // A running platform, which the commands ask: each of them is quicker, and none may bring it down.
  await installation.start(['up', '--no-synthetic']).until('stdout', /is ready/);
  before = await kept();
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
  it('are fifty at least', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(50);
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
    expect(await kept()).toEqual(before);
  });
});

/** Symbols with all that is known of them, the bytes of their bars, and models. */
async function kept(): Promise<unknown> {
  const bars = join(installation.stateFolder, 'bars');
  const files = readdirSync(bars, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hashes = files.map(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name));
    return [join(parentPath, name), createHash('sha256').update(bytes).digest('hex')];
  });
  return {
    bars: Object.fromEntries(hashes),
    symbols: (await installation.readHere(symbolListSchema, 'symbols', 'list')).symbols,
    models: (await installation.readHere(modelListSchema, 'models', 'list')).models,
  };
}
