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

  it('without one selected symbol says why, and ends with 3', async () => {
    expect(await selected({ symbols: [] })).toMatch(
      /No symbol meets every criterion as of 2026-11-26.*turnover below/s,
    );
    expect(process.exitCode).toBe(3);
  });
});
