import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MemberReport } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { ModelRegistry } from '../repositories/model-registry.ts';
import { PredictionRepository } from '../repositories/prediction-repository.ts';
import { sampleModel, samplePrediction } from './sample-records.ts';
import { temporaryFolder } from './temporary-folder.ts';

const artifact = Uint8Array.of(1, 2, 3, 4);
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;

export function modelRegistrySuite(database: () => Database): void {
  async function open() {
    const folder = await temporaryFolder();
    return { models: new ModelRegistry({ ...database(), objects: await FolderObjectStore.open({ folder }) }), folder };
  }

  describe('ModelRegistry', () => {
    it('names the member that carries all the weight, when one does', async () => {
      const { models } = await open();
      const [member, ensemble] = sampleModel().members as [MemberReport, MemberReport];
      const weights = (ridge: number, forest: number) => [
        { ...member, name: 'ridge', weight: ridge },
        { ...member, name: 'forest', weight: forest },
        ensemble,
      ];
      const sole = await models.register(sampleModel({ members: weights(1, 0) }), Uint8Array.of(1));
      const shared = await models.register(sampleModel({ members: weights(0.9, 0.1) }), Uint8Array.of(2));
      expect([sole.soleMember, shared.soleMember]).toEqual(['ridge', null]);
    });

    it('lists a registered model as a candidate with its version, hash and size', async () => {
      const { models } = await open();
      const model = await models.register(sampleModel(), artifact);
      expect(model).toEqual({
        ...sampleModel(),
        version: 'm20261124-0001-9f64a747',
        status: 'candidate',
        soleMember: null,
        artifactHash: '9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a',
        artifactBytes: 4,
      });
      expect(await models.list()).toEqual([model]);
      expect(await models.find(model.version)).toEqual(model);
      expect(Buffer.from(await models.artifact(model.version))).toEqual(Buffer.from(artifact));
      expect(await models.live()).toBeUndefined();
    });

    it('gives the same training another version that shows the same artifact', async () => {
      const { models, folder } = await open();
      const first = await models.register(sampleModel(), artifact);
      const second = await models.register(sampleModel(), artifact);
      expect(second.version).toBe('m20261124-0002-9f64a747');
      expect(second.artifactHash).toBe(first.artifactHash);
      expect(await readdir(join(folder, 'models'))).toHaveLength(1);
      expect((await models.list()).map(({ version }) => version)).toEqual([second.version, first.version]);
    });

    it('prunes old models, but none that was live or that a prediction names', async () => {
      const { models, folder } = await open();
      const add = (byte: number, createdAt: string) => models.register(sampleModel({ createdAt }), Uint8Array.of(byte));
      const retired = await add(1, '2024-01-01T00:00:00.000Z');
      const live = await add(2, '2024-01-02T00:00:00.000Z');
      const named = await add(3, '2024-01-03T00:00:00.000Z');
      const old = await add(4, '2024-01-04T00:00:00.000Z');
      const young = await add(5, '2026-01-04T00:00:00.000Z');
      const same = await add(4, '2026-01-05T00:00:00.000Z');
      const gone = await add(6, '2024-01-05T00:00:00.000Z');
      await models.promote(retired.version, 'promote', at(1));
      await models.promote(live.version, 'promote', at(2));
      await new PredictionRepository(database()).save([samplePrediction({ modelVersion: named.version })]);
      const before = '2025-01-01T00:00:00.000Z';
      expect(await models.prune({ before, dryRun: true })).toEqual([old.version, gone.version]);
      expect(await models.list()).toHaveLength(7);
      expect(await models.prune({ before, dryRun: false })).toEqual([old.version, gone.version]);
      expect((await models.list()).map(({ version }) => version).toSorted()).toEqual(
        [retired, live, named, young, same].map(({ version }) => version).toSorted(),
      );
      expect(await readdir(join(folder, 'models'))).toHaveLength(5);
      expect(await models.artifact(same.version)).toHaveLength(1);
    });

    it('prunes a single old model, and none from the very day that is asked for', async () => {
      const { models, folder } = await open();
      const createdAt = '2024-01-01T00:00:00.000Z';
      const old = await models.register(sampleModel({ createdAt }), Uint8Array.of(1));
      expect(await models.prune({ before: createdAt, dryRun: false })).toEqual([]);
      expect(await models.list()).toHaveLength(1);
      expect(await models.prune({ before: '2024-01-01T00:00:00.001Z', dryRun: false })).toEqual([old.version]);
      expect(await models.list()).toEqual([]);
      expect(await readdir(join(folder, 'models'))).toEqual([]);
    });

    it('names a member that has all the weight, and none where two share it', async () => {
      const { models } = await open();
      const weighted = (...weights: readonly (number | null)[]) => {
        const [member] = sampleModel().members;
        return sampleModel({ members: weights.map((weight, i) => ({ ...member!, name: `member-${i}`, weight })) });
      };
      const soleOf = async (...weights: readonly (number | null)[]) =>
        (await models.register(weighted(...weights), Uint8Array.of(weights.length))).soleMember;
      expect(await soleOf(0, 1)).toBe('member-1');
      expect(await soleOf(0.9995, 0.0005, null)).toBe('member-0');
      expect(await soleOf(0.9994, 0.0006, 0, null)).toBeNull();
      expect(await soleOf(null)).toBeNull();
    });

    it('promotes with an entry in the log, and knows what was live before', async () => {
      const { models } = await open();
      const first = await models.register(sampleModel(), artifact);
      const second = await models.register(sampleModel({ seed: 2 }), Uint8Array.of(2));
      expect(await models.promote(first.version, 'automatic', at(8))).toMatchObject({
        model: { version: first.version, status: 'live' },
        previous: null,
      });
      expect(await models.promote(second.version, 'promote', at(9), 'operator')).toMatchObject({
        previous: first.version,
      });
      expect(await models.live()).toMatchObject({ version: second.version, status: 'live', seed: 2 });
      expect((await models.list()).map(({ status }) => status)).toEqual(['live', 'retired']);
      expect(await models.activations()).toEqual([
        { at: at(8), version: first.version, previous: null, action: 'automatic', by: null },
        { at: at(9), version: second.version, previous: first.version, action: 'promote', by: 'operator' },
      ]);
    });

    it('rolls back to the model that was live before, and from there one further', async () => {
      const { models } = await open();
      const versions: string[] = [];
      for (const seed of [1, 2, 3]) {
        const { version } = await models.register(sampleModel({ seed }), Uint8Array.of(seed));
        await models.promote(version, 'promote', at(seed));
        versions.push(version);
      }
      expect(await models.rollback(at(4))).toMatchObject({
        model: { version: versions[1], status: 'live' },
        previous: versions[2],
      });
      expect(await models.rollback(at(5))).toMatchObject({ model: { version: versions[0] }, previous: versions[1] });
      await expect(models.rollback(at(6))).rejects.toMatchObject({ code: 'model.nothing-to-roll-back' });
      expect((await models.activations()).map(({ action }) => action)).toEqual([
        'promote',
        'promote',
        'promote',
        'rollback',
        'rollback',
      ]);
    });

    it('refuses what does not exist', async () => {
      const { models } = await open();
      await expect(models.promote('m-none', 'promote', at(8))).rejects.toMatchObject({ code: 'model.not-found' });
      await expect(models.artifact('m-none')).rejects.toMatchObject({ code: 'model.not-found' });
      await expect(models.rollback(at(8))).rejects.toMatchObject({ code: 'model.none-live' });
      expect(await models.find('m-none')).toBeUndefined();
    });

    it('never hands out an artifact that was changed or is gone', async () => {
      const { models, folder } = await open();
      const { version, artifactHash } = await models.register(sampleModel(), artifact);
      await writeFile(join(folder, 'models', artifactHash), Uint8Array.of(1, 2, 3, 5));
      await expect(models.artifact(version)).rejects.toMatchObject({
        code: 'model.file-invalid',
        message: expect.stringContaining(`expected ${artifactHash}`),
      });
    });

    it('numbers models that are registered at once one after another', async () => {
      const { models } = await open();
      const artifacts = Array.from({ length: 8 }, (_, index) => Uint8Array.of(index));
      const registered = await Promise.all(artifacts.map((bytes) => models.register(sampleModel(), bytes)));
      const numbers = registered.map(({ version }) => Number(version.split('-')[1]));
      expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('keeps the log of what was live without a gap when several are promoted and rolled back at once', async () => {
      const { models } = await open();
      const versions: string[] = [];
      for (const seed of [1, 2, 3, 4]) {
        versions.push((await models.register(sampleModel({ seed }), Uint8Array.of(seed))).version);
      }
      await models.promote(versions[0]!, 'promote', at(1));
      await models.promote(versions[1]!, 'promote', at(2));
      await Promise.all([
        ...versions.slice(2).map((version) => models.promote(version, 'automatic', at(3))),
        models.rollback(at(3)),
      ]);
      const log = await models.activations();
      expect(log).toHaveLength(5);
      expect(log.map(({ previous }) => previous)).toEqual([null, ...log.slice(0, -1).map(({ version }) => version)]);
    });
  });
}
