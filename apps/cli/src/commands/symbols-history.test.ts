import type { UniverseMembers } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { universe } from './symbols-history.ts';

const on = parseTradeDate('2024-06-03');
const to = parseTradeDate('2024-12-30');
const nobody: UniverseMembers = { universe: 'topix500', on, knownFrom: null, listOf: null, symbols: [] };
const member = { symbol: '7203', name: 'トヨタ自動車', from: null, to, bars: 240, shares: null };

async function said(answer: Partial<UniverseMembers>): Promise<string> {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(text) > 0 };
  const connect = async () => ({ data: { call: async () => ({ ...nobody, ...answer }) } });
  const context = { terminal: { stdout: stream, stderr: stream }, json: false, connect } as unknown as CommandContext;
  await universe.run(context, { args: [], options: { on, of: 'topix500' } });
  return written.join('');
}

it('lists members of whom nobody knows when they joined, and says why there are none', async () => {
  expect(await said({ symbols: [member] })).toMatch(/7203 .*not known.*1 symbol in topix500 on 2024-06-03/s);
  expect(await said({})).toContain('Nothing is known of topix500 on 2024-06-03: daytrade symbols import');
  expect(await said({ knownFrom: parseTradeDate('2025-01-06') })).toContain('it is known from 2025-01-06 on');
});
