import type { RestoreDrillResult, ResultOf } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { backupList, backupReport, drillReport, restoreReport } from './backup-report.ts';

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

const counts = { tables: 18, rows: 1_200, objects: 1_005, barFiles: 1_004, bytes: 12_345_678 };
const replayed = { session: parseTradeDate('2026-11-25'), modelVersion: 'm2', predictions: 40 };

it('reports what a backup holds and sent', () => {
  const result: ResultOf<'backup'> = {
    ...counts,
    backup: head.id,
    snapshotAt: head.snapshotAt,
    sentBytes: 1_250_000,
    sentFiles: 1_001,
    removed: ['20261120T070000000Z', '20261121T070000000Z'],
    seconds: 2.04,
  };
  expect(backupReport(result)).toBe(`Backup 20261124T070000000Z: everything as of 2026-11-24 16:00 (JST)
  holds     1,200 rows in 18 tables, 1,005 objects (1,004 of bars), 12.3 MB
  lacks     day-trade.toml and files of keys: keep copies of them
  sent      1.3 MB in 1,001 new files
  took      2.0 s
  removed   2 older: 20261120T070000000Z, 20261121T070000000Z`);
  const lines = backupReport({ ...result, backup: null, removed: [] }).split('\n');
  expect(lines[0]).toBe('Nothing was written: everything as of 2026-11-24 16:00 (JST)');
  expect(lines[3]).toBe('  would be sent  1.3 MB in 1,001 new files');
  expect(lines).toHaveLength(5);
});

it.each([
  [undefined, 'every row and object by checksum'],
  [null, 'every row and object by checksum; nothing was published, so no prediction was replayed'],
  [replayed, 'every row and object by checksum; 40 predictions of m2 for 2026-11-25 came out again, figure by figure'],
])('says of a restore that replayed %j what was verified', (found, verified) => {
  expect(
    restoreReport({ ...head, counts }, '/state', found, 61.26),
  ).toBe(`Restored the backup 20261124T070000000Z into /state: everything as of 2026-11-24 16:00 (JST)
  holds     1,200 rows in 18 tables, 1,005 objects (1,004 of bars), 12.3 MB
  verified  ${verified}
  lacks     day-trade.toml and files of keys: bring them back yourself
  took      61.3 s`);
});

it('reports RTO and RPO of a drill', () => {
  const { id: backup, snapshotAt } = head;
  const drill: RestoreDrillResult = { ...counts, backup, snapshotAt, rtoSeconds: 12.34, rpoSeconds: 3_600, replayed };
  expect(
    drillReport(drill),
  ).toBe(`The backup 20261124T070000000Z can be restored: it was, into a folder of its own that is gone again
  holds     1,200 rows in 18 tables, 1,005 objects (1,004 of bars), 12.3 MB
  verified  every row and object by checksum; 40 predictions of m2 for 2026-11-25 came out again, figure by figure
  RTO       12.3 s from nothing to verified
  RPO       3600.0 s of work would have been lost`);
});
