import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { PaperEventRepository } from '../repositories/paper-event-repository.ts';
import { samplePaperEvent } from './sample-records.ts';

export function paperEventRepositorySuite(database: () => Database): void {
  describe('PaperEventRepository', () => {
    const event = (key: string) => samplePaperEvent({ key });

    it('gives the events of a book in order, and knows the newest book', async () => {
      const paper = new PaperEventRepository(database());
      expect(await paper.newestBook()).toBeUndefined();
      expect(await paper.append('b-1', 0, [event('one'), event('two')])).toBe(true);
      expect(await paper.append('b-1', 2, [samplePaperEvent({ key: 'three', session: null, order: null })])).toBe(true);
      expect(await paper.append('b-2', 0, [samplePaperEvent({ at: '2026-11-25T07:00:00.000Z' })])).toBe(true);
      const events = await paper.read('b-1');
      expect(events.map(({ key }) => key)).toEqual(['one', 'two', 'three']);
      expect(events[0]).toEqual(event('one'));
      expect(await paper.newestBook()).toBe('b-2');
      // The tenth, on a clock that was set back.
      expect(await paper.append('b-10', 0, [samplePaperEvent({ at: '2026-11-23T07:00:00.000Z' })])).toBe(true);
      expect(await paper.newestBook()).toBe('b-10');
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
