import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { FolderObjectStore } from '../objects/folder-object-store.ts';
import { EvaluationRepository } from '../repositories/evaluation-repository.ts';
import { NoticeRepository } from '../repositories/notice-repository.ts';
import { PaperEventRepository } from '../repositories/paper-event-repository.ts';
import { ReportRepository } from '../repositories/report-repository.ts';
import { sampleEvaluation, sampleJudged, sampleNotice, samplePaperEvent, sampleReport } from './sample-records.ts';
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
      const folder = await temporaryFolder();
      const evaluations = await open(folder);
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
      expect(await readdir(join(folder, 'evaluations'))).toEqual(['newest-real', 'newest-synthetic']);
      expect(await evaluations.prune({ before, dryRun: false })).toBe(0);
    });
  });
}

export function reportRepositorySuite(database: () => Database): void {
  const open = async (folder?: string) =>
    new ReportRepository({
      ...database(),
      objects: await FolderObjectStore.open({ folder: folder ?? (await temporaryFolder()) }),
    });
  const { session, predictions } = sampleReport();
  const closed = sampleReport({
    madeAt: '2026-11-24T23:31:00.000Z',
    predictions: predictions.map((prediction) => ({ ...prediction, close: prediction.lastClose, inside: true })),
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
    });

    it('lets one in of two that are made at once', async () => {
      const folder = await temporaryFolder();
      const [one, other] = await Promise.all([open(folder), open(folder)]);
      const made = await Promise.all([one.save(sampleReport()), other.save(sampleReport())]);
      expect(made.filter((revision) => revision !== undefined)).toEqual([1]);
    });

    it('removes reports of old sessions, but for the newest one, and only says so in a dry run', async () => {
      const folder = await temporaryFolder();
      const reports = await open(folder);
      await reports.save(sampleReport());
      await reports.save(closed);
      await reports.save(sampleReport({ session: parseTradeDate('2026-11-20') }));
      const late = parseTradeDate('2027-01-04');
      expect(await reports.prune({ before: parseTradeDate('2026-11-20'), dryRun: false })).toBe(0);
      expect(await reports.prune({ before: late, dryRun: true })).toBe(1);
      expect(await reports.list(true, 10)).toHaveLength(3);
      expect(await reports.prune({ before: late, dryRun: false })).toBe(1);
      expect((await reports.list(true, 10)).map((entry) => entry.session)).toEqual([session, session]);
      expect(await readdir(join(folder, 'reports'))).toHaveLength(2);
    });

    it('refuses an object that is missing or was changed', async () => {
      const folder = await temporaryFolder();
      const reports = await open(folder);
      await reports.save(sampleReport());
      const [name] = await readdir(join(folder, 'reports'));
      await writeFile(join(folder, 'reports', String(name)), 'other bytes');
      await expect(reports.find({ session, synthetic: true })).rejects.toMatchObject({ code: 'report.damaged' });
    });
  });
}

export function noticeRepositorySuite(database: () => Database): void {
  const minutes = (count: number) => new Date(Date.parse(sampleNotice().madeAt) + 60_000 * count).toISOString();
  const later = () => minutes(5);

  describe('NoticeRepository', () => {
    it('takes a notice of a kind and subject once for each receiver', async () => {
      const notices = new NoticeRepository(database());
      expect(await notices.add(sampleNotice(), ['webhook', 'email'])).toBe(2);
      expect(await notices.add(sampleNotice({ title: 'again' }), ['webhook', 'slack', 'email'])).toBe(1);
      expect(await notices.list(10)).toMatchObject([
        { channel: 'email', title: sampleNotice().title, status: 'waiting', attempts: 0 },
        { channel: 'slack', title: 'again' },
        { channel: 'webhook', title: sampleNotice().title },
      ]);
    });

    it('takes a notice for no receiver as none, and for one as one', async () => {
      const notices = new NoticeRepository(database());
      expect([await notices.add(sampleNotice(), []), await notices.list(10)]).toEqual([0, []]);
      expect(await notices.add(sampleNotice(), ['slack'])).toBe(1);
      expect(await notices.claim('webhook', minutes(0), later)).toBeUndefined();
      expect(await notices.claim('slack', minutes(-1), later)).toBeUndefined();
      const claim = await notices.claim('slack', minutes(0), (attempt) => minutes(attempt));
      expect(claim).toEqual({ notice: sampleNotice(), channel: 'slack', attempt: 1 });
      await notices.settle(claim!, { status: 'failed', sentAt: null, error: 'no' });
      expect(await notices.prune({ before: minutes(1), dryRun: false })).toBe(1);
    });

    it('lets one of several processes send, and another only when that one has gone', async () => {
      const [one, other] = [new NoticeRepository(database()), new NoticeRepository(database())];
      await one.add(sampleNotice(), ['webhook']);
      const claimed = await Promise.all([one, other].map((each) => each.claim('webhook', minutes(0), later)));
      expect(claimed.filter((one) => one !== undefined)).toEqual([
        { notice: sampleNotice(), channel: 'webhook', attempt: 1 },
      ]);
      expect(await other.claim('webhook', minutes(4), later)).toBeUndefined();
      const second = await other.claim('webhook', minutes(5), () => minutes(20));
      expect(second).toMatchObject({ attempt: 2 });
      // The first comes back late: its end is no longer that of the notice.
      await one.settle((claimed[0] ?? claimed[1])!, { status: 'failed', sentAt: null, error: 'late' });
      expect(await one.list(1)).toMatchObject([{ status: 'waiting', attempts: 2, error: null }]);
      await other.settle(second!, { status: 'sent', sentAt: minutes(5), error: null });
      expect(await one.list(1)).toMatchObject([{ status: 'sent', sentAt: minutes(5) }]);
      expect(await one.claim('webhook', minutes(60), later)).toBeUndefined();
      // Retention takes what was sent, once it is old.
      expect(await one.prune({ before: minutes(0), dryRun: false })).toBe(0);
      expect(await one.prune({ before: minutes(60), dryRun: true })).toBe(1);
      expect(await one.list(1)).toHaveLength(1);
      expect(await one.prune({ before: minutes(60), dryRun: false })).toBe(1);
      expect(await one.list(1)).toEqual([]);
    });
  });
}

export function paperEventRepositorySuite(database: () => Database): void {
  describe('PaperEventRepository', () => {
    const event = (key: string) => samplePaperEvent({ key });

    const started = (at: string) => samplePaperEvent({ key: 'started', kind: 'started', strategy: 'ranking', at });
    const stopped = samplePaperEvent({ key: 'stopped', kind: 'stopped' });

    it('gives the events of a book in order, and lists the books', async () => {
      const paper = new PaperEventRepository(database());
      expect(await paper.books()).toEqual([]);
      expect(await paper.append('b-1', 0, [started('2026-11-24T07:00:00.000Z'), event('two')])).toBe(true);
      expect(await paper.append('b-1', 2, [samplePaperEvent({ key: 'three', session: null, order: null })])).toBe(true);
      expect(await paper.append('b-2', 0, [started('2026-11-25T07:00:00.000Z'), stopped])).toBe(true);
      const events = await paper.read('b-1');
      expect(events.map(({ key }) => key)).toEqual(['started', 'two', 'three']);
      expect(events[1]).toEqual(event('two'));
      // The tenth, on a clock that was set back.
      expect(await paper.append('b-10', 0, [started('2026-11-23T07:00:00.000Z')])).toBe(true);
      expect(await paper.books()).toEqual([
        { book: 'b-10', strategy: 'ranking', running: true },
        { book: 'b-2', strategy: 'ranking', running: false },
        { book: 'b-1', strategy: 'ranking', running: true },
      ]);
    });

    it('takes events only after those that they were made of, all or none', async () => {
      const [one, other] = [new PaperEventRepository(database()), new PaperEventRepository(database())];
      const taken = await Promise.all([
        one.append('b-1', 0, [event('mine'), event('too')]),
        other.append('b-1', 0, [event('yours'), event('as well')]),
      ]);
      expect(taken.toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
      expect(await one.read('b-1')).toHaveLength(2);
    });

    it('never has a key twice', async () => {
      const paper = new PaperEventRepository(database());
      await paper.append('b-1', 0, [event('one')]);
      await expect(paper.append('b-1', 1, [event('two'), event('one')])).rejects.toThrow();
      expect(await paper.read('b-1')).toHaveLength(1);
    });
  });
}
