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
import { openFolderBars } from '@daytrade/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { moments, randomShares } from '../support/kill-moments.ts';
import { stopEverything, temporaryFolder } from '../support/running-process.ts';
import { Victim } from '../support/victim.ts';
import { writeBars } from './made-bars.ts';

afterAll(stopEverything);

const hasBegun = ({ isOpen }: Installation) => isOpen;
// Few symbols, so that the writing is a larger part of the time in which it is killed.
const symbolsOfModel = 4;
const fetched = new Installation('fetched');
const training = new Victim(['train'], () => fetched.copy('train'), hasBegun);
const empty = new Installation('empty');

beforeAll(async () => {
  await fetched.begin();
  await empty.begin();
});

describe(`kill -9 at ${moments} random moments of import`, () => {
  const folder = join(temporaryFolder('kill-import'), 'bars');
  const victim = new Victim(['import', folder], () => empty.copy('import'), hasBegun);
  let undisturbed: Kept;

  beforeAll(async () => {
    const symbols = Array.from({ length: 8 }, (_, index) => String(7001 + index));
    writeBars(folder, { symbols, from: '2019-01-04', to: '2025-12-30', badRowEvery: 10 });
    undisturbed = await keptIn(await victim.run());
    figure('undisturbed import', victim.seconds, 's');
    expect(undisturbed.bars.size).toBe(symbols.length);
    expect(undisturbed.quarantine.length).toBeGreaterThan(500);
  });

  it.each(randomShares(2024))('at %d of its time: the import resumed ends in the same bars', async (share) => {
    const installation = await victim.killAt(share);
    const resumed = await installation.here('import', folder, '--json');
    expect(fetchResultSchema.parse(JSON.parse(resumed.stdout)).symbols).toBe(undisturbed.bars.size);
    expect(await keptIn(installation)).toEqual(undisturbed);
    installation.remove();
  });

  it('was killed before its end', () => expect(victim.kills).toBeGreaterThanOrEqual(moments / 2));
});

describe(`kill -9 at ${moments} random moments of train`, () => {
  let artifactHash: string;
  let killed: Installation;

  beforeAll(async () => {
    const days = ['--from', '2023-01-04', '--to', '2025-12-30'];
    await fetched.here('fetch', 'synthetic', '--count', String(symbolsOfModel), ...days);
    const { models } = await (await training.run()).readHere(modelListSchema, 'models', 'list');
    artifactHash = models[0]?.artifactHash ?? 'none';
    figure('undisturbed train', training.seconds, 's');
  });

  it.each(randomShares(2025))('at %d of its time: no half-written model is listed', async (share) => {
    killed = await training.killAt(share);
    const { models } = await killed.readHere(modelListSchema, 'models', 'list');
    const files = modelFilesOf(killed);
    for (const { artifactHash } of models) expect(files).toContain(artifactHash);
    for (const { version } of models) {
      await killed.here('models', 'promote', version);
      expect((await killed.readHere(predictionListSchema, 'predict')).predictions).toHaveLength(symbolsOfModel);
    }
  });

  it('was killed before its end', () => expect(training.kills).toBeGreaterThanOrEqual(moments / 2));

  it('training again after a kill gives the model of an undisturbed one', async () => {
    const trained = await killed.readHere(z.object({ artifactHash: z.string() }), 'train');
    expect(trained.artifactHash).toBe(artifactHash);
  });
});

/** What an import left: the hash of every symbol's bars, and the rows kept out. */
interface Kept {
  readonly bars: ReadonlyMap<string, string>;
  readonly quarantine: readonly QuarantineEntry[];
}

async function keptIn(installation: Installation): Promise<Kept> {
  const { quarantine } = await installation.readHere(quarantineListSchema, 'quarantine', 'list', '--limit', '10000');
  const store = await openFolderBars(join(installation.stateFolder, 'bars'));
  const bars = new Map<string, string>();
  for (const symbol of await store.symbols()) bars.set(symbol, await store.dataHash([symbol]));
  await store.close();
  return { bars, quarantine };
}

/** The hashes of the model files; a file's name is the hash that it must have. */
function modelFilesOf(installation: Installation): ReadonlySet<string> {
  const folder = join(installation.stateFolder, 'objects', 'models');
  const names = globSync('*', { cwd: folder });
  for (const name of names) expect(sha256(join(folder, name))).toBe(name);
  return new Set(names);
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
