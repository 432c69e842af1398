import { compareText, dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { AnnouncementRepository } from '../repositories/announcement-repository.ts';
import { IndexRepository } from '../repositories/index-repository.ts';
import { PriceFactorRepository, ShareCountRepository, SymbolRepository } from '../repositories/symbol-repositories.ts';
import { sampleAnnouncement, samplePriceFactor, sampleShareCount, sampleSymbol } from './sample-records.ts';

export function symbolRepositorySuite(database: () => Database): void {
  describe('SymbolRepository', () => {
    it('gives back what was put in, by code, dates as written', async () => {
      const symbols = new SymbolRepository(database());
      const first = sampleSymbol();
      const second = sampleSymbol({
        symbol: parseSymbol('130A'),
        sharesOutstanding: null,
        sector: '電気機器',
        askedTo: parseTradeDate('2026-11-25'),
      });
      await symbols.upsertMany([second, first]);
      expect(await symbols.list()).toEqual([first, second]);
      expect(await symbols.find(parseSymbol('130A'))).toEqual(second);
      expect(await symbols.find(parseSymbol('9999'))).toBeUndefined();
    });

    it('replaces and finds several at once, and none of none', async () => {
      const symbols = new SymbolRepository(database());
      const codes = Array.from({ length: 12 }, (_, index) => parseSymbol(String(2000 + index)));
      const records = (bars: number) => codes.map((symbol) => sampleSymbol({ symbol, bars }));
      await symbols.upsertMany(records(1));
      await symbols.upsertMany(records(2));
      await symbols.upsertMany([]);
      expect(await symbols.list()).toEqual(records(2));
      const found = await symbols.findMany([codes[7]!, parseSymbol('9999'), codes[5]!]);
      expect([...found]).toEqual(
        [5, 7].map((index) => [codes[index], sampleSymbol({ symbol: codes[index]!, bars: 2 })]),
      );
      expect((await symbols.findMany([])).size).toBe(0);
    });

    it('removes symbols, and nothing when there is nothing to remove', async () => {
      const symbols = new SymbolRepository(database());
      const kept = sampleSymbol({ symbol: parseSymbol('7203'), synthetic: false });
      await symbols.upsertMany([sampleSymbol(), kept]);
      await symbols.remove([]);
      await symbols.remove([parseSymbol('0101'), parseSymbol('9999')]);
      expect(await symbols.list()).toEqual([kept]);
    });
  });
}

export function priceFactorRepositorySuite(database: () => Database): void {
  describe('PriceFactorRepository', () => {
    it('gives back the factors of one symbol, oldest first, dates as written', async () => {
      const factors = new PriceFactorRepository(database());
      const { symbol, ...split } = samplePriceFactor();
      const forecast = { ...split, kind: 'dividend', value: 40, knownOn: parseTradeDate('2025-02-10') } as const;
      const decided = { ...forecast, value: 42.5, knownOn: parseTradeDate('2025-05-09') };
      const later = { ...split, date: parseTradeDate('2026-03-30'), value: 10 };
      await factors.upsertMany([later, split, decided, forecast].map((factor) => ({ ...factor, symbol })));
      await factors.upsertMany([samplePriceFactor({ symbol: parseSymbol('130A') })]);
      expect(await factors.of(symbol)).toEqual([forecast, decided, split, later]);
      expect(await factors.of(parseSymbol('9999'))).toEqual([]);
      const { symbol: another, ...ofAnother } = samplePriceFactor({ symbol: parseSymbol('130A') });
      expect([...(await factors.all())]).toMatchObject(
        [[symbol, [forecast, decided, split, later]] as const, [another, [ofAnother]] as const].toSorted(
          ([one], [other]) => compareText(one, other),
        ),
      );
    });
  });
}

export function shareCountRepositorySuite(database: () => Database): void {
  describe('ShareCountRepository', () => {
    it('gives the newest count that was out by a day, of each symbol', async () => {
      const counts = new ShareCountRepository(database());
      const first = sampleShareCount();
      const second = sampleShareCount({ date: parseTradeDate('2025-08-08'), shares: 2e9 });
      const other = sampleShareCount({ symbol: parseSymbol('130A'), date: parseTradeDate('2025-08-09') });
      await counts.upsertMany([second, other, first]);
      await counts.upsertMany([]);
      const asOf = async (day: string) => [...(await counts.asOf(parseTradeDate(day))).values()];
      expect(await asOf('2025-05-08')).toEqual([]);
      expect(await asOf('2025-08-07')).toEqual([first]);
      expect(await asOf('2025-08-09')).toEqual([second, other]);
      expect(await counts.of(first.symbol)).toEqual([first, second]);
    });
  });
}

export function announcementRepositorySuite(database: () => Database): void {
  describe('AnnouncementRepository', () => {
    const other = sampleAnnouncement({ symbol: parseSymbol('130A'), date: parseTradeDate('2025-05-12') });
    const planned = sampleAnnouncement({ kind: 'planned', time: null });

    it('gives what was made and what was planned between two days', async () => {
      const announcements = new AnnouncementRepository(database());
      const later = sampleAnnouncement({ date: parseTradeDate('2025-08-08') });
      await announcements.upsertMany([later, other, planned, sampleAnnouncement()]);
      expect(await announcements.symbols()).toEqual(new Set(['0101', '130A']));
      const between = await announcements.between(parseTradeDate('2025-05-09'), parseTradeDate('2025-05-12'));
      expect(between).toEqual([sampleAnnouncement(), planned, other]);
      await announcements.remove([other.symbol]);
      expect(await announcements.symbols()).toEqual(new Set(['0101']));
    });

    it('replaces one of the same day and kind, and leaves what was made where it is planned again', async () => {
      const announcements = new AnnouncementRepository(database());
      await announcements.upsertMany([sampleAnnouncement({ time: null })]);
      await announcements.upsertMany([sampleAnnouncement(), planned]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([sampleAnnouncement(), planned]);
    });

    it('keeps the first instant and the time that it knows, and a plan made again is new', async () => {
      const announcements = new AnnouncementRepository(database());
      const first = { ...planned, time: '15:30', knownSince: '2025-04-14T00:00:00.000Z' };
      const again = { ...planned, knownSince: '2025-05-08T09:00:00.000Z' };
      const moved = { ...first, knownUntil: '2025-05-01T00:00:00.000Z' };
      await announcements.upsertMany([first]);
      await announcements.upsertMany([again]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([first]);
      await announcements.upsertMany([moved]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([moved]);
      await announcements.upsertMany([again]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([{ ...again, time: '15:30' }]);
    });

    it('gives the calendar of one symbol, of none, and when results were known before their day was over', async () => {
      const announcements = new AnnouncementRepository(database());
      const made = sampleAnnouncement();
      const withdrawn = { ...planned, knownSince: '2025-04-14T00:00:00.000Z', knownUntil: '2025-05-08T00:00:00.000Z' };
      await announcements.upsertMany([made, withdrawn]);
      const day = dayNumber(made.date);
      expect(await announcements.calendar([])).toEqual([]);
      expect(await announcements.calendar([made.symbol])).toEqual([
        [
          { day, minute: 930, knownSince: Date.parse(made.knownSince), knownUntil: undefined },
          {
            day,
            minute: undefined,
            knownSince: Date.parse(withdrawn.knownSince),
            knownUntil: Date.parse(withdrawn.knownUntil),
          },
        ],
      ]);
      await announcements.remove([]);
      expect(await announcements.symbols()).toEqual(new Set(['0101']));
    });

    it('takes a plan that is made again at the instant at which it was withdrawn for a new one', async () => {
      const announcements = new AnnouncementRepository(database());
      const until = '2025-05-01T00:00:00.000Z';
      await announcements.upsertMany([{ ...planned, knownSince: '2025-04-14T00:00:00.000Z', knownUntil: until }]);
      await announcements.upsertMany([{ ...planned, knownSince: until }]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([{ ...planned, knownSince: until }]);
      const earlier = { ...planned, knownSince: '2025-04-20T00:00:00.000Z' };
      await announcements.upsertMany([earlier]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([earlier]);
    });

    it('gives a calendar by symbol, with the instants from and until which each day was known', async () => {
      const announcements = new AnnouncementRepository(database());
      const plan = { ...planned, knownSince: '2025-04-14T00:00:00.000Z' };
      const moved = { ...plan, date: parseTradeDate('2025-05-08'), knownUntil: '2025-05-01T00:00:00.000Z' };
      await announcements.upsertMany([sampleAnnouncement(), plan, moved]);
      const knownSince = Date.parse(plan.knownSince);
      const out = Date.parse(sampleAnnouncement().knownSince);
      expect(await announcements.calendar([other.symbol, plan.symbol])).toEqual([
        undefined,
        [
          { day: dayNumber(moved.date), minute: undefined, knownSince, knownUntil: Date.parse(moved.knownUntil) },
          { day: dayNumber(plan.date), minute: 15 * 60 + 30, knownSince: out, knownUntil: undefined },
          { day: dayNumber(plan.date), minute: undefined, knownSince, knownUntil: out },
        ],
      ]);
    });
  });
}

const nasdaq = { name: 'nasdaq', synthetic: false } as const;
const from = { source: 'ndq.csv', fetchedAt: '2026-11-24T22:00:00.000Z' };
const value = (date: string, close: number) => ({ date: parseTradeDate(date), value: close });

export function indexRepositorySuite(database: () => Database): void {
  describe('IndexRepository', () => {
    it('merges values by their day: new ones, other ones, the same', async () => {
      const indices = new IndexRepository(database());
      expect(await indices.values(nasdaq)).toEqual([]);
      const first = [value('2026-11-20', 100), value('2026-11-23', 101.5)];
      expect(await indices.merge(nasdaq, first, from)).toEqual({ added: 2, changed: 0, unchanged: 0 });
      const second = [value('2026-11-23', 101.25), value('2026-11-20', 100), value('2026-11-24', 99)];
      expect(await indices.compare(nasdaq, second)).toEqual({ added: 1, changed: 1, unchanged: 1 });
      expect(await indices.values(nasdaq)).toEqual(first);
      expect(await indices.merge(nasdaq, second, from)).toEqual({ added: 1, changed: 1, unchanged: 1 });
      expect(await indices.values(nasdaq)).toEqual([
        value('2026-11-20', 100),
        value('2026-11-23', 101.25),
        value('2026-11-24', 99),
      ]);
    });

    it('keeps more values than one statement takes', async () => {
      const indices = new IndexRepository(database());
      const days = Array.from({ length: 1_234 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());
      const values = days.map((day, i) => value(day.slice(0, 10), i + 1));
      expect((await indices.merge(nasdaq, values, from)).added).toBe(1_234);
      expect(await indices.values(nasdaq)).toEqual(values);
    });

    it('keeps synthetic values apart, says what there is of each, and removes the synthetic ones alone', async () => {
      const indices = new IndexRepository(database());
      await indices.merge(nasdaq, [value('2026-11-20', 100), value('2026-11-23', 101)], from);
      const later = { source: 'synthetic', fetchedAt: '2026-11-25T00:00:00.000Z' };
      await indices.merge({ name: 'nasdaq', synthetic: true }, [value('2026-11-23', 5)], later);
      const real = { ...nasdaq, values: 2, firstDate: '2026-11-20', lastDate: '2026-11-23', ...from };
      const made = { name: 'nasdaq', synthetic: true, values: 1, firstDate: '2026-11-23', lastDate: '2026-11-23' };
      expect(await indices.extents()).toEqual([real, { ...made, ...later }]);
      await indices.removeSynthetic();
      expect(await indices.extents()).toEqual([real]);
    });

    it('loses nothing when two merges of a series come at once', async () => {
      const indices = new IndexRepository(database());
      const merges = [value('2026-11-20', 1), value('2026-11-23', 2), value('2026-11-24', 3)];
      await Promise.all(merges.map((one) => indices.merge(nasdaq, [one], from)));
      expect(await indices.values(nasdaq)).toEqual(merges);
    });
  });
}
