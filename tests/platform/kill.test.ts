import { createHash } from 'node:crypto';
import { cpSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  fetchResultSchema,
  modelListSchema,
  predictionListSchema,
  type QuarantineEntry,
  quarantineListSchema,
} from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figure, Installation, stopEverything, temporaryFolder } from './command-line.ts';
import { writeBars } from './made-bars.ts';
import { seededRandom } from './seeded-random.ts';

const moments = 20;
const trainedSchema = z.object({ artifactHash: z.string(), modelVersion: z.string() });

afterAll(stopEverything);

describe(`kill -9 at ${moments} random moments of import`, () => {
  const folder = join(temporaryFolder('kill-import'), 'bars');
  const killed: (string | null)[] = [];
  let undisturbed: Kept;
  let seconds: number;

  beforeAll(async () => {
    const symbols = Array.from({ length: 40 }, (_, index) => String(7001 + index));
    writeBars(folder, { symbols, from: '2019-01-04', to: '2025-12-30', badRowEvery: 40 });
    const installation = new Installation('import');
    const imported = await installation.daytrade('import', folder, '--json');
    seconds = imported.seconds;
    figure('undisturbed import', seconds, 's');
    undisturbed = await keptIn(installation);
    expect(undisturbed.parquet.size).toBe(symbols.length);
    expect(undisturbed.quarantine.length).toBeGreaterThan(1000);
  });

  it.each(randomShares(2024))('at %d of its time: the import resumed ends in the same bytes', async (share) => {
    const installation = new Installation('import');
    killed.push((await killAfter(installation, ['import', folder], share * seconds)).signal);
    const resumed = fetchResultSchema.parse(
      JSON.parse((await installation.daytrade('import', folder, '--json')).stdout),
    );
    expect(resumed.symbols).toBe(undisturbed.parquet.size);
    expect(await keptIn(installation)).toEqual(undisturbed);
  });

  it('was killed before its end nearly every time', () => expectKilled(killed));
});

describe(`kill -9 at ${moments} random moments of train`, () => {
  const template = new Installation('train');
  const killed: (string | null)[] = [];
  let artifactHash: string;
  let seconds: number;

  beforeAll(async () => {
    await template.daytrade('fetch', '--count', '12', '--from', '2023-01-04', '--to', '2025-12-30');
    const installation = copyOf(template);
    const started = performance.now();
    ({ artifactHash } = await installation.read(trainedSchema, 'train'));
    seconds = (performance.now() - started) / 1000;
    figure('undisturbed train', seconds, 's');
  });

  it.each(randomShares(2025))('at %d of its time: no half-written model is listed', async (share) => {
    const installation = copyOf(template);
    killed.push((await killAfter(installation, ['train'], share * seconds)).signal);
    const { models } = await installation.read(modelListSchema, 'models', 'list');
    expect(modelFilesOf(installation)).toEqual(new Set(models.map((model) => model.artifactHash)));
    for (const { version } of models) {
      await installation.daytrade('models', 'promote', version);
      expect((await installation.read(predictionListSchema, 'predict')).predictions).toHaveLength(12);
    }
  });

  it('was killed before its end nearly every time', () => expectKilled(killed));

  it('training again after a kill gives the model of an undisturbed one', async () => {
    const installation = copyOf(template);
    await killAfter(installation, ['train'], seconds / 2);
    expect((await installation.read(trainedSchema, 'train')).artifactHash).toBe(artifactHash);
  });
});

/** What an import left: every parquet file's hash by its path, and the rows kept out. */
interface Kept {
  readonly parquet: ReadonlyMap<string, string>;
  readonly quarantine: readonly QuarantineEntry[];
}

async function keptIn(installation: Installation): Promise<Kept> {
  const { quarantine } = await installation.read(quarantineListSchema, 'quarantine', 'list', '--limit', '10000');
  const files = globSync('**/*.parquet', { cwd: join(installation.stateFolder, 'bars') }).sort();
  const hashed = files.map((file) => [file, sha256(join(installation.stateFolder, 'bars', file))] as const);
  return { parquet: new Map(hashed), quarantine };
}

/** The hashes of the model files; a file's name is the hash that it must have. */
function modelFilesOf(installation: Installation): ReadonlySet<string> {
  const folder = join(installation.stateFolder, 'objects', 'models');
  const names = globSync('*', { cwd: folder });
  for (const name of names) expect(sha256(join(folder, name))).toBe(name);
  return new Set(names);
}

async function killAfter(installation: Installation, args: readonly string[], seconds: number) {
  const process = installation.start(args);
  await pause(seconds * 1000);
  process.kill();
  return process.finished;
}

/** The times vary, so the last moments may come after the end. */
function expectKilled(signals: readonly (string | null)[]): void {
  expect(signals).toHaveLength(moments);
  expect(signals.filter((signal) => signal === 'SIGKILL').length).toBeGreaterThanOrEqual(moments - 4);
}

function copyOf(template: Installation): Installation {
  const copy = new Installation('train');
  cpSync(template.stateFolder, copy.stateFolder, { recursive: true });
  return copy;
}

/** Shares of an undisturbed run at which to kill; one in each of as many equal parts of it. */
function randomShares(seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: moments }, (_, index) => Math.round((1000 * (index + random())) / moments) / 1000);
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
