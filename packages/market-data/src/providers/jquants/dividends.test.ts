import { describe, expect, it } from 'vitest';
import { publishedIn } from './published.ts';

/** A report of a company whose fiscal year ends in March, numbers as text. */
const report = (more: Readonly<Record<string, unknown>>) => ({
  DiscDate: '2024-11-08',
  CurFYSt: '2024-04-01',
  CurFYEn: '2025-03-31',
  NxtFYSt: '',
  NxtFYEn: '',
  ...more,
});

const dividendsInReports = (reports: Parameters<typeof publishedIn>[0]) => publishedIn(reports).dividends;

const words = (factors: ReturnType<typeof dividendsInReports>) =>
  factors.map(({ date, value, knownOn }) => [date, value, knownOn]);

describe('dividends in reports', () => {
  it('are what was paid and what is forecast, on the ex-days of the ends of quarters', () => {
    const factors = dividendsInReports([
      report({ Div2Q: '25.0', FDiv2Q: '24', FDivFY: '30.0', Div1Q: '', FDiv3Q: '0' }),
    ]);
    expect(words(factors)).toEqual([
      ['2024-09-27', 25, '2024-11-08'],
      ['2025-03-28', 30, '2024-11-08'],
    ]);
    expect(factors[0]).toMatchObject({ kind: 'dividend', source: 'jquants' });
  });

  it('are of the next fiscal year too, and of one that ends on a 20th', () => {
    const next = { DiscDate: '2025-05-09', NxtFYSt: '2025-04-01', NxtFYEn: '2026-03-31', NxFDiv2Q: 26, NxFDivFY: 26 };
    expect(words(dividendsInReports([report(next)]))).toEqual([
      ['2025-09-29', 26, '2025-05-09'],
      ['2026-03-30', 26, '2025-05-09'],
    ]);
    const retailer = { CurFYSt: '2024-02-21', CurFYEn: '2025-02-20', FDiv2Q: 10, FDivFY: 12 };
    expect(words(dividendsInReports([report(retailer)])).map(([date]) => date)).toEqual(['2024-08-19', '2025-02-19']);
  });

  it('are said once, until they change', () => {
    const factors = dividendsInReports([
      report({ DiscDate: '2024-08-08', FDivFY: '30' }),
      report({ DiscDate: '2024-11-08', FDivFY: '30' }),
      report({ DiscDate: '2025-02-07', FDivFY: '-' }),
      report({ DiscDate: '2025-05-09', DivFY: '32.5' }),
    ]);
    expect(words(factors)).toEqual([
      ['2025-03-28', 30, '2024-08-08'],
      ['2025-03-28', 32.5, '2025-05-09'],
    ]);
  });
});
