import { evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { dayNumber, type SymbolCode } from '@daytrade/market';
import { CsvFolderProvider, inspectBars } from '@daytrade/market-data';
import { buildPanel, type Panel, type PanelInput, type PriceChange, panelDividends } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';

/** A folder of bars with the dividends that its files know, as an import keeps both. */
async function panelOf(folder: string): Promise<Panel> {
  const provider = new CsvFolderProvider({ folder });
  const inputs: PanelInput[] = [];
  const changes = new Map<SymbolCode, readonly PriceChange[]>();
  for (const source of (await provider.list()).sources) {
    const { factors = [], ...rows } = await provider.read(source);
    const { priceBasis, bars } = inspectBars(rows, Date.now());
    if (bars.interval !== '1d') throw new Error(`${source.file}: expected daily bars`);
    const { symbol, tickTable } = rows.master;
    inputs.push({ symbol: { symbol, tickTable, priceBasis }, bars: bars.columns });
    changes.set(
      symbol,
      factors.map(({ date, knownOn, ...factor }) => ({ ...factor, day: dayNumber(date), knownOn: dayNumber(knownOn) })),
    );
  }
  const panel = buildPanel(inputs);
  return { ...panel, dividends: panelDividends(panel, changes) };
}

describe.skipIf(!hasRealBars)(`ex-dividend days of 35 real stocks from 2014 to 2024${needsRealBars}`, () => {
  it('keep the promise by what was expected the evening before, and would break it without', async () => {
    const panel = await panelOf(realBars('tse', 'daily-2013-2024-raw'));
    const { report } = await evaluateEnsemble(
      panel,
      {
        judgedSessions: 2_600,
        retrainEvery: 500,
        warmUpSessions: 60,
        minimumTrainingSessions: 120,
        members: ridgeAlone,
      },
      { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() },
    );
    const { symbolDays, coverage, coverageWithout, expectedShare, meanDividendBp } = report.exDividend!;
    figure('ex-dividend days judged', symbolDays);
    figure('mean dividend', `${meanDividendBp.toFixed(0)} bp`);
    figure('expected the evening before', `${(100 * expectedShare).toFixed(1)} %`);
    figure('coverage on ex-dividend days', `${(100 * coverage).toFixed(2)} %`);
    figure('the same without what was expected', `${(100 * coverageWithout).toFixed(2)} %`);
    expect(symbolDays).toBeGreaterThan(600);
    expect(coverage).toBeGreaterThanOrEqual(0.91);
    expect(coverage).toBeLessThanOrEqual(0.95);
    expect(coverageWithout).toBeLessThan(0.88);
  });
});

/** The interval follows from the scale and the scores; the members of the centre hardly matter to it. */
const ridgeAlone = [{ name: 'ridge', kind: 'ridge', l2: 100 }] as const;
