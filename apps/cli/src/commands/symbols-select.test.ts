import type { Selection } from '@daytrade/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { select } from './symbols-select.ts';

const part = { score: 50, weight: 0.2, value: 1, basis: 'median turnover' };
const components = { liquidity: part, volatility: part, volumeConsistency: part, marketCapitalisation: part };
const scored = { name: 'トヨタ自動車', synthetic: false, score: 50, components };
const selection = {
  asOf: '2026-11-26',
  windowSessions: 60,
  poolSize: 4,
  symbols: [{ ...scored, symbol: '7203', rank: 1, reason: 'new: ranked 1 of 3' }],
  rejected: [
    { ...scored, symbol: '6758', rank: 2, reasons: ['not among the best 1'] },
    { ...scored, symbol: '9984', rank: 3, reasons: ['not among the best 1'] },
    { ...scored, symbol: '1301', rank: null, score: null, reasons: ['median turnover below 100 million yen'] },
  ],
  turnover: { previous: null, entered: ['7203'], left: [], share: null },
  leftOut: [],
} as unknown as Selection;

async function selected(answer: Partial<Selection>, options: object = {}): Promise<string> {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(text) > 0 };
  const connect = async () => ({ data: { call: async () => ({ ...selection, ...answer }) } });
  const context = { terminal: { stdout: stream, stderr: stream }, json: false, connect } as unknown as CommandContext;
  await select.run(context, { args: [], options: { count: '10', ...options } });
  return written.join('');
}

describe('symbols select', () => {
  afterEach(() => {
    process.exitCode = undefined;
  });

  it('distinguishes symbols not among the best from those that a criterion rejected', async () => {
    expect(await selected({})).toContain('3 scored, 2 not among the best 1, 1 rejected by a criterion');
    expect(process.exitCode).toBeUndefined();
  });

  it('says who came and who went', async () => {
    const left = [{ symbol: '6758', name: 'ソニー', reasons: ['ranked 2 of 3'] }];
    const turnover = { previous: '2026-11-25', entered: ['7203'], left, share: 1 } as Selection['turnover'];
    const said = await selected({ turnover });
    expect(said).toContain('Turnover since 2026-11-25: 100.0 %; new: 7203; gone: 6758 (ranked 2 of 3).');
  });

  it.each([
    [['7203', '6501'], [], 'Turnover since 2026-11-25: 50.0 %; new: 7203, 6501; gone: none.'],
    [[], [{ symbol: '6758', name: 'ソニー', reasons: ['a', 'b'] }], '50.0 %; new: none; gone: 6758 (a; b).'],
    [['7203'], [], 'Turnover since 2026-11-25: 50.0 %; new: 7203; gone: none.'],
    [[], [], 'Turnover since 2026-11-25: 0 %, the same symbols.'],
  ])('says of %j that came and %j that went: %s', async (entered, left, expected) => {
    const turnover = { previous: '2026-11-25', entered, left, share: 0.5 } as Selection['turnover'];
    expect(await selected({ turnover })).toContain(expected);
  });

  it('says that no selection was kept before, and what the scores rest on', async () => {
    const said = await selected({});
    expect(said).toContain('Turnover: no selection was kept before');
    expect(said).toContain('\nAs of 2026-11-26 over 60 sessions');
    expect(said).toContain('Market capitalisation: median turnover.');
    const synthetic = selection.symbols.map((symbol) => ({ ...symbol, synthetic: true }));
    expect(await selected({ symbols: synthetic })).toContain('\nSYNTHETIC bars. As of 2026-11-26');
  });

  it('shows ten rejections, and counts the others', async () => {
    const rejected = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...selection.rejected[2]!, symbol: `${1301 + index}` }));
    expect(await selected({ symbols: [], rejected: rejected(10) })).not.toContain('more');
    const said = await selected({ symbols: [], rejected: rejected(12) });
    expect(said).toContain('1310');
    expect(said).not.toContain('1311');
    expect(said).toContain('… and 2 more');
    expect(await selected({ symbols: [], rejected: [] })).toContain('no symbol has bars that can be read');
  });

  it('without any bars says so', async () => {
    await expect(selected({ poolSize: 0 })).rejects.toMatchObject({ code: 'data.no-bars' });
  });

  it('without one selected symbol says why, and ends with 3', async () => {
    expect(await selected({ symbols: [] })).toMatch(
      /No symbol meets every criterion as of 2026-11-26.*turnover below/s,
    );
    expect(process.exitCode).toBe(3);
  });
});
