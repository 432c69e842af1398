import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditReport, auditReportSchema } from '@daytrade/contracts';
import { auditLeaks, auditWithinDay, productPipeline } from '@daytrade/ensemble';
import { parseTradeDate, sessionsBetween } from '@daytrade/market';
import { noiseIntradayBars, noisePanel } from '@daytrade/series/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';
import { stopEverything, temporaryFolder } from '../support/running-process.ts';
import { barHeader } from './made-bars.ts';
import { sized } from './sized.ts';

const notEnoughBars = 3;
const leakFound = 5;
/** 40 runs miss an alarm that one run in fifteen raises once in 16 times, 200 runs never. */
const cleanRuns = sized({ enough: 40, whole: 200 });

afterAll(stopEverything);

describe('the leak audit', () => {
  it(`raises no alarm in ${cleanRuns} runs of the product on noise, and skips nothing`, () => {
    const pipeline = productPipeline({
      minimumTrainingSessions: 120,
      judgedSessions: 30,
      warmUpSessions: 20,
      retrainEvery: 70,
    });
    for (let seed = 1; seed <= cleanRuns; seed += 1) {
      const panel = noisePanel({ symbolCount: 3, sessionCount: 220, seed, missingShare: 0.01 });
      const withinDay = { panel, bars: noiseIntradayBars(panel, seed) };
      const { alarms, passed } = auditWithinDay(auditLeaks(pipeline, panel, { probes: 6 }), withinDay);
      expect(alarms, `seed ${seed}`).toEqual([]);
      expect(passed, `seed ${seed}`).toBe(true);
    }
    figure(`alarms in ${cleanRuns} clean runs`, 0);
  });

  it('does not call a few weeks of bars clean', async () => {
    const few = new Installation('leak-audit-few-bars');
    await few.begin();
    await few.here('fetch', 'synthetic', '--count', '2', '--from', '2025-01-06', '--to', '2025-03-31');
    const { exitCode, stdout } = await few.here('audit');
    expect(exitCode).toBe(notEnoughBars);
    expect(stdout).toMatch(/not everything could be checked: .*split \(\d+ sessions are too few for a split\)/);
  });
});

describe('bars whose next return is the one of today with the other sign', () => {
  const installation = new Installation('leak-audit-zigzag');
  const file = join(temporaryFolder('zigzag'), '7203.csv');

  beforeAll(async () => {
    await installation.begin();
    const sessions = sessionsBetween(parseTradeDate('2025-01-06'), parseTradeDate('2025-09-30'));
    const rows = sessions.map((date, t) => {
      const close = t % 2 === 0 ? 1000 : 1010 + ((t * 7) % 40);
      return `${date},1000,1060,990,${close},${100_000 + 100 * ((t * 13) % 50)}`;
    });
    writeFileSync(file, [barHeader, ...rows, ''].join('\n'));
    await installation.here('import', file);
  });

  it('end with exit code 5, the columns that know the label, and the first session', async () => {
    const { exitCode, stdout } = await installation.daytrade('audit', '--probes', '2');
    expect(exitCode).toBe(leakFound);
    expect(stdout).toMatch(/LEAKS? \(kind, column, first session\):\n/);
    expect(stdout).toMatch(/target return_1 2025-01-07: return_1 follows the label: rank correlation -0\.\d{3} over/);
  });
});

describe.skipIf(!hasRealBars)(`the leak audit of twelve years with dividends added back${needsRealBars}`, () => {
  const installation = new Installation('leak-audit-real');
  const symbols = ['7203', '8306', '9984'];
  const folder = temporaryFolder('leak-audit-real');
  let report: AuditReport;

  beforeAll(async () => {
    await installation.begin();
    for (const name of symbols.map((symbol) => `${symbol}.T.csv`)) {
      copyFileSync(realBars('tse', 'daily-2013-2024-raw', name), join(folder, name));
    }
    await installation.here('import', folder, '--basis', 'fully-adjusted');
    report = await installation.readHere(auditReportSchema, 'audit', '--symbols', ...symbols);
  });

  it('finds no leak in the pipeline', () => {
    expect(report).toMatchObject({ passed: true, alarms: [], symbols: 3, synthetic: false });
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(Array(10).fill('passed'));
  });
});
