import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { EvaluationRepository } from '../repositories/evaluation-repository.ts';
import { sampleEvaluation, sampleJudged } from './sample-records.ts';
import { temporaryFolder } from './temporary-folder.ts';

export function evaluationRepositorySuite(database: () => Database): void {
  const open = async (folder: string) =>
    new EvaluationRepository({ ...database(), objects: await FolderObjectStore.open({ folder }) });

  describe('EvaluationRepository', () => {
    it('gives back the newest report as it was written', async () => {
      const evaluations = await open(await temporaryFolder());
      expect(await evaluations.latest(true)).toBeUndefined();
      await evaluations.save(sampleEvaluation(), []);
      const newer = sampleEvaluation({ id: 'e2', madeAt: '2026-11-24T09:00:00.000Z', coverage: 0.9287 });
      await evaluations.save(newer, []);
      await evaluations.save(sampleEvaluation({ id: 'e0', madeAt: '2026-11-24T07:00:00.000Z' }), []);
      expect(await evaluations.latest(true)).toEqual(newer);
    });

    it('never gives the judgement of a stretch that ended earlier for the newest one', async () => {
      const evaluations = await open(await temporaryFolder());
      await evaluations.save(sampleEvaluation(), [[parseSymbol('0101'), [sampleJudged()]]]);
      const stretch = sampleEvaluation({ id: 'e-2024', madeAt: '2026-11-24T09:00:00.000Z', stretch: true });
      await evaluations.save(stretch, []);
      expect(await evaluations.latest(true)).toEqual(sampleEvaluation());
      expect(await evaluations.find('e-2024')).toEqual(stretch);
      expect((await evaluations.judged(parseSymbol('0101'), true, 1))?.rows).toHaveLength(1);
    });

    it('never gives a judgement on synthetic bars for one on real bars', async () => {
      const evaluations = await open(await temporaryFolder());
      await evaluations.save(sampleEvaluation(), [[parseSymbol('0101'), [sampleJudged()]]]);
      expect(await evaluations.latest(false)).toBeUndefined();
      expect(await evaluations.judged(parseSymbol('0101'), false, 1)).toBeUndefined();
      const older = sampleEvaluation({ id: 'e-real', madeAt: '2026-01-05T08:00:00.000Z', synthetic: false });
      await evaluations.save(older, []);
      expect(await evaluations.latest(false)).toEqual(older);
    });

    it('returns the newest judged sessions of a symbol, oldest first', async () => {
      const evaluations = await open(await temporaryFolder());
      const judged = ['2026-11-24', '2026-11-19', '2026-11-20']
        .map((day) => parseTradeDate(day))
        .map((session) => sampleJudged({ session, close: null, inside: null }));
      await evaluations.save(
        sampleEvaluation(),
        ['0102', '0101'].map((code) => [parseSymbol(code), judged] as const),
      );
      const expected = sampleJudged({ close: null, inside: null });
      expect((await evaluations.judged(parseSymbol('0102'), true, 2))?.rows).toEqual([
        { ...expected, session: '2026-11-20' },
        expected,
      ]);
      expect((await evaluations.judged(parseSymbol('0103'), true, 2))?.rows).toEqual([]);
    });

    it('prunes old evaluations, but for the newest of each universe', async () => {
      const evaluations = await open(await temporaryFolder());
      const save = (id: string, madeAt: string, synthetic: boolean) =>
        evaluations.save(sampleEvaluation({ id, madeAt, synthetic }), []);
      await save('old', '2024-01-01T00:00:00.000Z', true);
      await save('newest-synthetic', '2024-02-01T00:00:00.000Z', true);
      await save('newest-real', '2024-02-01T00:00:00.000Z', false);
      const before = '2025-01-01T00:00:00.000Z';
      expect(await evaluations.prune({ before, dryRun: true })).toBe(1);
      expect(await evaluations.find('old')).toBeDefined();
      expect(await evaluations.prune({ before, dryRun: false })).toBe(1);
      expect(await evaluations.find('old')).toBeUndefined();
      expect(await evaluations.prune({ before, dryRun: false })).toBe(0);
    });

    it('removes objects that had no report for days, and no others', async () => {
      const folder = await temporaryFolder();
      const evaluations = await open(folder);
      await evaluations.save(sampleEvaluation(), [[parseSymbol('0101'), [sampleJudged()]]]);
      const crashed = join(folder, 'evaluations', 'e-crashed');
      await writeFile(crashed, 'half');
      await evaluations.removeOrphans(0);
      expect(await readdir(join(folder, 'evaluations'))).toHaveLength(2);
      await evaluations.removeOrphans(8 * 86_400_000);
      expect(await readdir(join(folder, 'evaluations'))).toEqual([sampleEvaluation().id]);
      expect((await evaluations.judged(parseSymbol('0101'), true, 1))?.rows).toHaveLength(1);
    });
  });
}
