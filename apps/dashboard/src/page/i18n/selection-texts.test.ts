import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');

/** What the selector says, out of its sources: each text with 7 in the place of what it fills in. */
function saidIn(file: string, part: RegExp): readonly string[] {
  const source = readFileSync(join(root, 'packages/market-data/src/selection', file), 'utf8');
  const joined = source.replaceAll(/[`'] \+\n\s*[`']/g, '');
  return [...joined.matchAll(part)]
    .map(([, text = '']) => text.replaceAll(/\$\{percent[^}]*\}|\$\{limit\}/g, '7.0 %'))
    .map((text) => text.replaceAll(/\$\{[^}]*\}/g, '7'));
}

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'ja' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});

describe('the selection in Japanese', () => {
  it('has no English left of any reason', async () => {
    const { selectionReasonLabel } = await import('./selection-texts.ts');
    const reasons = [
      ...saidIn(
        'select-symbols.ts',
        /`((?:bars|market capitalisation|average volume|volatility|liquidity score): [^`]*)`/g,
      ),
      ...saidIn('pick-symbols.ts', /`((?:ranked |sector: |correlation: |; members)[^`]*)`/g),
      'stays: ranked 11 of 30 that meet every criterion; members stay up to rank 13',
      'new: ranked 2 of 30 that meet every criterion',
      'ranked 9 of 30 that meet every criterion; 10 were asked for, and members that stay come first',
      'ranked 31 of 40 that meet every criterion; 10 were asked for',
    ];
    expect(reasons).toHaveLength(13);
    expect(reasons.map(selectionReasonLabel).filter((text) => /[a-z]{2,}/.test(text))).toEqual([]);
    expect(selectionReasonLabel(reasons.at(-1)!)).toBe('基準を満たす 40 銘柄中 31 位。選定は 10 銘柄');
  });

  it('has no English left of what a score was made from', async () => {
    const { scoreBasisLabel } = await import('./selection-texts.ts');
    const bases = saidIn('scores.ts', /basis(?: =|:)\s+[`']([^`\n]*)[`'][;,]\n/g);
    expect(bases).toHaveLength(6);
    expect(bases.map(scoreBasisLabel).filter((text) => /[a-z]{2,}/.test(text))).toEqual([]);
  });
});
