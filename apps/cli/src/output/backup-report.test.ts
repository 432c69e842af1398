import { expect, it } from 'vitest';
import { backupList, restoreReport } from './backup-report.ts';

const head = {
  format: 2,
  id: '20261124T070000000Z',
  startedAt: '2026-11-24T06:59:00.000Z',
  snapshotAt: '2026-11-24T07:00:00.000Z',
  finishedAt: '2026-11-24T07:01:00.000Z',
  version: '1.2.3',
  schemaVersion: 14,
  counts: { tables: 18, rows: 100, objects: 5, barFiles: 4, bytes: 1_000_000 },
  tables: [],
};

it('lists what can be restored, and names what cannot', () => {
  expect(backupList({ backups: [], unreadable: [] })).toContain('no backup yet');
  expect(backupList({ backups: [head], unreadable: [] })).not.toContain('Damaged');
  const list = backupList({ backups: [head], unreadable: ['20261124T080000000Z'] });
  expect(list).toMatch(/20261124T070000000Z +2026-11-24 16:00/);
  expect(list.split('\n').at(-1)).toBe('Damaged, or of a newer version of day-trade: 20261124T080000000Z');
});

it('names what a restored backup lacks', () => {
  expect(restoreReport(head, '/state', undefined, 1)).toContain('lacks     day-trade.toml and files of keys');
});
