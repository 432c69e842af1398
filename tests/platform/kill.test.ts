import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { Victim } from './victim.ts';

const moments = 20;

afterAll(stopEverything);

describe(`kill -9 at ${moments} random moments of import`, () => {
  const folder = join(temporaryFolder('kill-import'), 'bars');
  const victim = new Victim(['import', folder], () => new Installation('import'));
  let undisturbed: Kept;

  beforeAll(async () => {
    const symbols = Array.from({ length: 16 }, (_, index) => String(7001 + index));
    writeBars(folder, { symbols, from: '2019-01-04', to: '2025-12-30', badRowEvery: 20 });
    undisturbed = await keptIn(await victim.run());
    figure('undisturbed import', victim.seconds, 's');
    expect(undisturbed.parquet.size).toBe(symbols.length);
    expect(undisturbed.quarantine.length).toBeGreaterThan(1000);
  });

  it.each(randomShares(2024))('at %d of its time: the import resumed ends in the same bytes', async (share) => {
    const installation = await victim.killAt(share);
    const resumed = await installation.daytrade('import', folder, '--json');
    expect(fetchResultSchema.parse(JSON.parse(resumed.stdout)).symbols).toBe(undisturbed.parquet.size);
    expect(await keptIn(installation)).toEqual(undisturbed);
    installation.remove();
  });

  it('was killed before its end', () => expect(victim.kills).toBeGreaterThanOrEqual(moments - 2));
});

describe(`kill -9 at ${moments} random moments of train`, () => {
  const template = new Installation('train');
  const victim = new Victim(['train'], () => template.copy('train'));
  // Few symbols, so that the writing is a larger part of the time in which it is killed.
  const symbols = 4;
  let artifactHash: string;

  beforeAll(async () => {
    await template.daytrade('fetch', '--count', String(symbols), '--from', '2023-01-04', '--to', '2025-12-30');
    const { models } = await (await victim.run()).read(modelListSchema, 'models', 'list');
    artifactHash = models[0]?.artifactHash ?? 'none';
    figure('undisturbed train', victim.seconds, 's');
  });

  it.each(randomShares(2025))('at %d of its time: no half-written model is listed', async (share) => {
    const installation = await victim.killAt(share);
    const { models } = await installation.read(modelListSchema, 'models', 'list');
    const files = modelFilesOf(installation);
    for (const { artifactHash } of models) expect(files).toContain(artifactHash);
    for (const { version } of models) {
      await installation.daytrade('models', 'promote', version);
      expect((await installation.read(predictionListSchema, 'predict')).predictions).toHaveLength(symbols);
    }
    installation.remove();
  });

  it('was killed before its end', () => expect(victim.kills).toBeGreaterThanOrEqual(moments - 2));

  it('training again after a kill gives the model of an undisturbed one', async () => {
    const installation = await victim.killAt(0.5);
    const trained = await installation.read(z.object({ artifactHash: z.string() }), 'train');
    expect(trained.artifactHash).toBe(artifactHash);
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

/** Shares of an undisturbed run at which to kill; one in each of as many equal parts of it. */
function randomShares(seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: moments }, (_, index) => Math.round((1000 * (index + random())) / moments) / 1000);
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
