import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { ReportRepository } from '../repositories/report-repository.ts';
import { sampleReport } from './sample-records.ts';
import { temporaryFolder } from './temporary-folder.ts';

export function reportRepositorySuite(database: () => Database): void {
  const open = async (folder?: string) =>
    new ReportRepository({
      ...database(),
      objects: await FolderObjectStore.open({ folder: folder ?? (await temporaryFolder()) }),
    });
  const { session, predictions } = sampleReport();
  const closed = sampleReport({
    madeAt: '2026-11-24T23:31:00.000Z',
    predictions: predictions.map((prediction) => ({ ...prediction, close: prediction.centre, inside: true })),
  });

  describe('ReportRepository', () => {
    it('gives back a report as it was written, and writes the same outcome once', async () => {
      const reports = await open();
      expect(await reports.find({ session, synthetic: true })).toBeUndefined();
      expect(await reports.save(sampleReport())).toBe(1);
      expect(await reports.save(sampleReport({ madeAt: '2026-11-24T08:00:00.000Z' }))).toBeUndefined();
      expect(await reports.find({ session, synthetic: true })).toEqual({ ...sampleReport(), revision: 1 });
      expect(await reports.find({ session, synthetic: false })).toBeUndefined();
    });

    it('supersedes a report once the closes are there, and lists the earlier one as well', async () => {
      const reports = await open();
      await reports.save(sampleReport());
      expect(await reports.save(closed)).toBe(2);
      expect(await reports.find({ session, synthetic: true })).toEqual({ ...closed, revision: 2 });
      expect(await reports.find({ session, synthetic: true, revision: 1 })).toMatchObject({ revision: 1 });
      const earlier = parseTradeDate('2026-11-20');
      await reports.save(sampleReport({ session: earlier }));
      expect(await reports.list(true, 10)).toMatchObject([
        { session, revision: 2, published: 1, judged: 1, inside: 1, superseded: false },
        { session, revision: 1, published: 1, judged: 0, inside: 0, superseded: true },
        { session: earlier, revision: 1, superseded: false },
      ]);
      expect(await reports.list(false, 10)).toEqual([]);
      expect(await reports.before(session, true)).toMatchObject({ session: earlier });
      expect(await reports.before(earlier, true)).toBeUndefined();
    });

    it('lets one in of two that are made at once', async () => {
      const folder = await temporaryFolder();
      const [one, other] = await Promise.all([open(folder), open(folder)]);
      const made = await Promise.all([one.save(sampleReport()), other.save(sampleReport())]);
      expect(made.filter((revision) => revision !== undefined)).toEqual([1]);
    });

    it('removes reports of old sessions, but for the newest one, and only says so in a dry run', async () => {
      const reports = await open();
      await reports.save(sampleReport());
      await reports.save(closed);
      await reports.save(sampleReport({ session: parseTradeDate('2026-11-20') }));
      const late = parseTradeDate('2027-01-04');
      expect(await reports.prune({ before: parseTradeDate('2026-11-20'), dryRun: false })).toBe(0);
      expect(await reports.prune({ before: late, dryRun: true })).toBe(1);
      expect(await reports.list(true, 10)).toHaveLength(3);
      expect(await reports.prune({ before: late, dryRun: false })).toBe(1);
      expect((await reports.list(true, 10)).map((entry) => entry.session)).toEqual([session, session]);
    });

    it('refuses an object that is missing or was changed', async () => {
      const folder = await temporaryFolder();
      const reports = await open(folder);
      await reports.save(sampleReport());
      const [name] = await readdir(join(folder, 'reports'));
      await writeFile(join(folder, 'reports', String(name)), 'other bytes');
      await expect(reports.find({ session, synthetic: true })).rejects.toMatchObject({ code: 'report.damaged' });
    });

    it('removes objects that had no row for days, and no others', async () => {
      const folder = await temporaryFolder();
      const reports = await open(folder);
      await reports.save(sampleReport());
      await writeFile(join(folder, 'reports', 'crashed'), 'half');
      await reports.removeOrphans(0);
      await reports.removeOrphans(8 * 86_400_000);
      expect(await readdir(join(folder, 'reports'))).toHaveLength(1);
      expect(await reports.find({ session, synthetic: true })).toBeDefined();
    });
  });
}
