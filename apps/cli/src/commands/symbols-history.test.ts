import type { UniverseMembers } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { membersReport } from './symbols-history.ts';

const on = parseTradeDate('2024-06-03');
const to = parseTradeDate('2024-12-30');
const nobody: UniverseMembers = { universe: 'topix500', on, knownFrom: null, listOf: null, symbols: [] };
const member = { symbol: '7203', name: 'トヨタ自動車', from: null, to, bars: 240, shares: null };

it('lists members of whom nobody knows when they joined, and says why there are none', () => {
  expect(membersReport({ ...nobody, symbols: [member] })).toMatch(
    /7203 .*not known.*1 symbol in topix500 on 2024-06-03/s,
  );
  expect(membersReport(nobody)).toContain('Nothing is known of topix500 on 2024-06-03: daytrade symbols import');
  expect(membersReport({ ...nobody, knownFrom: parseTradeDate('2025-01-06') })).toContain(
    'it is known from 2025-01-06 on',
  );
});
