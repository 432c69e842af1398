import type { SymbolHistory, UniverseMembers } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';
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

describe('symbols universe', () => {
  const known = parseTradeDate('2014-01-06');
  const members = (symbols: UniverseMembers['symbols'], listOf: UniverseMembers['listOf'] = null) =>
    membersReport({ ...nobody, listOf, symbols });

  it('counts the members, and those without bars', () => {
    const current = { ...member, symbol: '6758', name: null, from: known, to: null, bars: 0, shares: 1_234_567 };
    expect(members([member, current, { ...current, symbol: '9984' }], known)).toBe(
      `symbol  name          from        to          bars     shares
7203    トヨタ自動車  not known   2024-12-30   240          –
6758    –             2014-01-06                 0  1,234,567
9984    –             2014-01-06                 0  1,234,567

3 symbols in topix500 on 2024-06-03, by the list of 2014-01-06 and what was imported. 2 of them have no bars here.`,
    );
    expect(members([member]).split('\n').at(-1)).toBe('1 symbol in topix500 on 2024-06-03.');
    expect(members([current]).split('\n').at(-1)).toBe(
      '1 symbol in topix500 on 2024-06-03. 1 of them has no bars here.',
    );
  });

  it('asks for the set and the day', async () => {
    const words = ['symbols', 'universe', '--of', 'topix100', '--on', '2024-06-03'];
    const { requests } = await runLine(words, { 'GET /v1/symbols/universe': nobody });
    expect(requests).toEqual([['GET /v1/symbols/universe?on=2024-06-03&universe=topix100']]);
  });
});

describe('symbols history', () => {
  const history: SymbolHistory = {
    symbol: '9437',
    name: 'NTTドコモ',
    spans: [
      { universe: 'topix', from: null, to, reason: 'tender offer', source: 'file' },
      { universe: 'listed', from: on, to: null, reason: null, source: 'jquants' },
      { universe: 'topix100', from: on, to, reason: null, source: 'file' },
    ],
    became: [{ symbol: '9437', successor: '9432', date: to, ratio: 1, reason: 'merger', source: 'file' }],
    was: [{ symbol: '1000', successor: '9437', date: on, ratio: 2.5, reason: null, source: 'file' }],
    shares: [{ date: on, periodEnd: to, shares: 1_234_567, source: 'jquants' }],
    bars: { bars: 1_200, firstDate: on, lastDate: to },
  } as unknown as SymbolHistory;
  const show = async (changes: Partial<SymbolHistory> = {}) =>
    (await runLine(['symbols', 'history', '9437'], { 'GET /v1/symbols/9437/history': { ...history, ...changes } })).out;

  it('shows bars, successions, memberships and shares', async () => {
    expect(await show()).toBe(`9437  NTTドコモ
  stored      1,200 bars, 2024-06-03 to 2024-12-30
  ended       2024-12-30: each share became one share of 9432 (merger)
  took over   2024-06-03: each share of 1000 became 2.5 shares of 9437

in        from        to          why it ended  source
topix     not known   2024-12-30  tender offer  file
listed    2024-06-03                            jquants
topix100  2024-06-03  2024-12-30  –             file

known on       shares  of          source
2024-06-03  1,234,567  2024-12-30  jquants
`);
  });

  it('says of an unknown code that nothing is known', async () => {
    expect(await show({ name: null, spans: [], became: [], was: [], shares: [], bars: null })).toBe(`9437
  stored      no bars

Nothing is known of its listing: daytrade symbols import FILE
`);
  });
});
