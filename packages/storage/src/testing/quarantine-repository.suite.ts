import { parseSymbol } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { QuarantineRepository } from '../repositories/quarantine-repository.ts';
import { sampleQuarantineEntry } from './sample-records.ts';

const all = { limit: 100, offset: 0 };

export function quarantineRepositorySuite(database: () => Database): void {
  describe('QuarantineRepository', () => {
    it('keeps entries as they are, by file and line', async () => {
      const quarantine = new QuarantineRepository(database());
      const entries = [
        sampleQuarantineEntry({ line: 9 }),
        sampleQuarantineEntry({ line: 3, row: '2024-02-30,"1,5",2', date: 'no date' }),
      ];
      await quarantine.replaceMany([{ file: '0101.csv', symbol: parseSymbol('0101'), entries }]);
      expect((await quarantine.list(all)).quarantine).toEqual(entries.toReversed());
    });

    it('replaces the entries of one symbol in one file at a second reading, and no others', async () => {
      const quarantine = new QuarantineRepository(database());
      const elsewhere = sampleQuarantineEntry({ file: 'other.csv' });
      await quarantine.replaceMany([{ file: 'other.csv', symbol: parseSymbol('0101'), entries: [elsewhere] }]);
      await quarantine.replaceMany([
        {
          file: '0101.csv',
          symbol: parseSymbol('0101'),
          entries: [sampleQuarantineEntry(), sampleQuarantineEntry({ line: 8 })],
        },
      ]);
      const again = sampleQuarantineEntry({ line: 8 });
      await quarantine.replaceMany([{ file: '0101.csv', symbol: parseSymbol('0101'), entries: [again] }]);
      expect(await quarantine.list(all)).toMatchObject({ total: 2, quarantine: [again, elsewhere] });
      await quarantine.replaceMany([{ file: '0101.csv', symbol: parseSymbol('0101'), entries: [] }]);
      expect(await quarantine.list(all)).toMatchObject({ total: 1, quarantine: [elsewhere] });
    });

    it('replaces the entries of several symbols and files at once, where a file of one had none before', async () => {
      const quarantine = new QuarantineRepository(database());
      const [file, first, second] = ['all.csv', parseSymbol('0101'), parseSymbol('7203')];
      const entry = sampleQuarantineEntry({ file });
      await quarantine.replaceMany([
        { file, symbol: first, entries: [entry] },
        { file, symbol: second, entries: [] },
      ]);
      expect(await quarantine.list(all)).toMatchObject({ total: 1, quarantine: [entry] });
      const later = sampleQuarantineEntry({ file, symbol: second });
      await quarantine.replaceMany([
        { file: 'other.csv', symbol: first, entries: [] },
        { file, symbol: first, entries: [] },
        { file, symbol: second, entries: [later] },
      ]);
      expect(await quarantine.list(all)).toMatchObject({ total: 1, quarantine: [later] });
      await quarantine.replaceMany([]);
    });

    it('adds entries beside the earlier ones of the file, each once', async () => {
      const quarantine = new QuarantineRepository(database());
      const [first, second] = [sampleQuarantineEntry(), sampleQuarantineEntry({ line: 8 })];
      await quarantine.replaceMany([{ file: '0101.csv', symbol: parseSymbol('0101'), entries: [first] }]);
      const of = { file: '0101.csv', symbol: parseSymbol('0101') };
      await quarantine.addForFile({ ...of, entries: [first, second] });
      await quarantine.addForFile({ ...of, entries: [second] });
      expect(await quarantine.list(all)).toMatchObject({ total: 2, quarantine: [first, second] });
    });

    it('counts rows that are not listed, once, also where the same file is added again', async () => {
      const quarantine = new QuarantineRepository(database());
      const of = { file: '0101.csv', symbol: parseSymbol('0101') };
      const entries = [1, 2].map((line) => sampleQuarantineEntry({ line }));
      const { reason, severity } = sampleQuarantineEntry();
      const counts = (rows: number) => [{ reason, severity, rows }];
      await quarantine.replaceMany([{ ...of, entries, counts: counts(1_000_000) }]);
      const page = { total: 1_000_000, counts: counts(1_000_000), quarantine: entries };
      expect(await quarantine.list(all)).toEqual(page);
      await quarantine.addForFile({ ...of, entries, counts: counts(1_000_000) });
      expect(await quarantine.list(all)).toEqual(page);
      await quarantine.addForFile({ ...of, entries, counts: counts(1_000_003) });
      expect(await quarantine.list(all)).toMatchObject({ total: 1_000_003, quarantine: entries });
      const other = sampleQuarantineEntry({ line: 7 });
      await quarantine.addForFile({ ...of, entries: [entries[1]!, other], counts: counts(12) });
      expect(await quarantine.list(all)).toMatchObject({ total: 1_000_014, quarantine: [...entries, other] });
      expect(await quarantine.remove([of.symbol])).toBe(1_000_014);
    });

    it('counts rows that are not listed on the only entry of a file, and fewer than before not at all', async () => {
      const quarantine = new QuarantineRepository(database());
      const of = { file: '0101.csv', symbol: parseSymbol('0101') };
      const entry = sampleQuarantineEntry();
      const { reason, severity } = entry;
      const totalOf = async (rows: number) => {
        await quarantine.addForFile({ ...of, entries: [entry], counts: [{ reason, severity, rows }] });
        return (await quarantine.list(all)).total;
      };
      expect([await totalOf(1), await totalOf(2), await totalOf(5), await totalOf(4)]).toEqual([1, 2, 5, 5]);
      const other = [{ reason, severity: 'warning', rows: 9 } as const];
      await quarantine.addForFile({ ...of, entries: [entry], counts: other });
      await quarantine.addForFile({ ...of, entries: [], counts: other });
      expect((await quarantine.list(all)).total).toBe(5);
      expect(await quarantine.remove([of.symbol])).toBe(5);
    });

    it('has no unlisted rows of an entry that says nothing of them', async () => {
      const { db } = database();
      await db.insertInto('quarantine').values(sampleQuarantineEntry()).execute();
      expect((await new QuarantineRepository(database()).list(all)).total).toBe(1);
    });

    it('keeps entries of more files than one transaction takes', async () => {
      const quarantine = new QuarantineRepository(database());
      const files = Array.from({ length: 41 }, (_, i) => {
        const [file, symbol] = [`${1_301 + i}.csv`, parseSymbol(String(1_301 + i))];
        return { file, symbol, entries: [sampleQuarantineEntry({ file, symbol, line: i })] };
      });
      for (let reading = 0; reading < 2; reading += 1) {
        await quarantine.replaceMany(files);
        expect((await quarantine.list(all)).quarantine).toEqual(files.map(({ entries }) => entries[0]));
      }
      await quarantine.replaceMany(files.map((each) => ({ ...each, entries: [] })));
      expect(await quarantine.list(all)).toEqual({ total: 0, counts: [], quarantine: [] });
    });

    it('gives other work its turn while it keeps many entries', async () => {
      const entries = Array.from({ length: 2_000 }, (_, line) => sampleQuarantineEntry({ line }));
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 1);
      await new QuarantineRepository(database()).replaceMany([
        { file: '0101.csv', symbol: parseSymbol('0101'), entries },
      ]);
      clearInterval(timer);
      expect(turns).toBeGreaterThan(5);
    });

    it('keeps the entries of one reading when a file is read several times at once', async () => {
      const entries = [1, 2, 3].map((line) => sampleQuarantineEntry({ line }));
      await Promise.all(
        [1, 2, 3, 4].map(() =>
          new QuarantineRepository(database()).replaceMany([
            { file: '0101.csv', symbol: parseSymbol('0101'), entries },
          ]),
        ),
      );
      expect(await new QuarantineRepository(database()).list(all)).toMatchObject({ total: 3, quarantine: entries });
    });

    it('removes the entries of some symbols and says how many', async () => {
      const quarantine = new QuarantineRepository(database());
      await quarantine.replaceMany([
        { file: '0101.csv', symbol: parseSymbol('0101'), entries: [sampleQuarantineEntry(), sampleQuarantineEntry()] },
      ]);
      const kept = sampleQuarantineEntry({ symbol: '7203', file: '7203.csv' });
      await quarantine.replaceMany([{ file: '7203.csv', symbol: parseSymbol('7203'), entries: [kept] }]);
      expect(await quarantine.remove([parseSymbol('0101'), parseSymbol('0102')])).toBe(2);
      expect(await quarantine.remove([])).toBe(0);
      expect(await quarantine.list(all)).toMatchObject({ total: 1, quarantine: [kept] });
    });

    it('filters, pages, and counts all that match', async () => {
      const quarantine = new QuarantineRepository(database());
      const entries = Array.from({ length: 1201 }, (_, line) =>
        sampleQuarantineEntry({
          line,
          reason: line < 3 ? 'beyond-limit' : 'closed-day',
          severity: line < 3 ? 'warning' : 'quarantined',
        }),
      );
      await quarantine.replaceMany([{ file: '0101.csv', symbol: parseSymbol('0101'), entries }]);
      const page = await quarantine.list({ reason: 'closed-day', limit: 2, offset: 1000 });
      expect(page.total).toBe(1198);
      expect(page.quarantine.map(({ line }) => line)).toEqual([1003, 1004]);
      expect(page.counts).toEqual([{ reason: 'closed-day', severity: 'quarantined', rows: 1198 }]);
      expect((await quarantine.list({ ...all, severity: 'warning', symbol: parseSymbol('0101') })).total).toBe(3);
      expect((await quarantine.list({ ...all, symbol: parseSymbol('0102') })).total).toBe(0);
      expect(await quarantine.counts()).toEqual([
        { reason: 'closed-day', severity: 'quarantined', rows: 1198 },
        { reason: 'beyond-limit', severity: 'warning', rows: 3 },
      ]);
    });
  });
}
