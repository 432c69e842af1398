import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { JobDefinitionRepository } from '../repositories/job-definition-repository.ts';
import { sampleJobChange } from './sample-records.ts';

export function jobDefinitionRepositorySuite(database: () => Database): void {
  describe('JobDefinitionRepository', () => {
    it('keeps what is set of a job since the last change, and every change, newest first', async () => {
      const definitions = new JobDefinitionRepository(database());
      const added = sampleJobChange();
      const { after } = added;
      const off = sampleJobChange({ action: 'changed', before: after, after: { ...after, enabled: false } });
      const other = sampleJobChange({ job: 'another' });
      for (const change of [added, other, off]) await definitions.save(change);
      expect(await definitions.list()).toEqual([
        { job: 'another', settings: after },
        { job: 'noon-update', settings: off.after },
      ]);
      expect(await definitions.changes({ limit: 2 })).toEqual([off, other]);
      expect(await definitions.changes({ job: 'noon-update', limit: 10 })).toEqual([off, added]);
    });

    it('keeps nothing of a job that is removed but its changes', async () => {
      const definitions = new JobDefinitionRepository(database());
      const removed = sampleJobChange({ action: 'removed', before: sampleJobChange().after, after: null });
      for (const change of [sampleJobChange(), removed]) await definitions.save(change);
      expect(await definitions.list()).toEqual([]);
      expect(await definitions.changes({ limit: 10 })).toHaveLength(2);
    });
  });
}
