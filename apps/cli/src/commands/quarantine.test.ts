import { sampleQuarantineEntry } from '@daytrade/storage/testing';
import { expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

const entry = sampleQuarantineEntry();
const list = (words: readonly string[], total: number) =>
  runLine(['quarantine', 'list', ...words], {
    'GET /v1/quarantine': {
      total,
      counts: [{ reason: 'date-invalid', severity: 'quarantined', rows: total }],
      quarantine: total === 0 ? [] : [entry, { ...entry, symbol: '0102', line: 1_234 }],
    },
  });

it('counts the rows by reason and shows the first of them', async () => {
  const { out, requests } = await list([], 1_200);
  expect(out).toBe(`reason        severity      rows
date-invalid  quarantined  1,200

symbol  date        file      line  what
0101    2024-02-30  0101.csv     7  0101.csv line 7: 2024-02-30 is not a date
0102    2024-02-30  0101.csv  1234  0101.csv line 7: 2024-02-30 is not a date

2 of 1,200 rows shown
`);
  expect(requests).toEqual([['GET /v1/quarantine?limit=20&offset=0']]);
});

it.each([
  [[], 'limit=20&offset=0', 'No row is in quarantine.\n'],
  [['--symbol', '7203'], 'symbol=7203&limit=20&offset=0', 'No such row is in quarantine.\n'],
  [['--reason', 'gap'], 'reason=gap&limit=20&offset=0', 'No such row is in quarantine.\n'],
  [['--severity', 'warning'], 'severity=warning&limit=20&offset=0', 'No such row is in quarantine.\n'],
  [['--limit', '5'], 'limit=5&offset=0', 'No row is in quarantine.\n'],
])('with %j and no row says that there is none', async (words, query, said) => {
  const { out, requests } = await list(words, 0);
  expect(out).toBe(said);
  expect(requests).toEqual([[`GET /v1/quarantine?${query}`]]);
});
