import type { Evaluation } from '@daytrade/contracts';
import { sampleEvaluation, sampleModel } from '@daytrade/storage/testing';
import { describe, expect, it } from 'vitest';
import { evaluationReport } from '../commands/evaluate.ts';

const evaluation = sampleEvaluation({
  synthetic: false,
  symbols: 60,
  ic: 0.01,
  icInterval: { value: 0.01, low: -0.012, high: 0.031 },
  hitRate: { value: 0.5, low: 0.49, high: 0.51, alwaysUp: 0.51 },
  models: sampleModel().members,
});

describe('the report of an evaluation', () => {
  it('shows of each objective the lowest and the highest window', () => {
    const line = { window: '20 sessions, all symbols', low: 0.8, high: 1, held: true, onBreach: 'page' } as const;
    const objective = [{ ...line, name: 'coverage-20', lowest: 0.895, highest: 0.96 }];
    const text = evaluationReport({ ...evaluation, objective });
    expect(text).toMatch(/lowest to highest/);
    expect(text).toMatch(/coverage-20 .* 89\.5 % to 96\.0 % +yes/);
  });

  it('has a line on ex-dividend days where there were some', () => {
    expect(evaluationReport(evaluation)).not.toContain('Ex-dividend');
    const exDividend = {
      symbolDays: 120,
      coverage: 0.9333,
      coverageWithout: 0.85,
      expectedShare: 0.95,
      meanDividendBp: 131,
    };
    expect(evaluationReport({ ...evaluation, exDividend })).toContain(`
Ex-dividend days    93.33 % of 120 closes inside; 85.00 % without the expected dividends
                    mean dividend 131 bp, expected beforehand on 95.0 %
`);
  });

  it('says that it is a reconstruction, and calls one row alone published', () => {
    const rollingCoverage250 = { min: null, max: null };
    const figures = { coverage: 0.93, meanWidthBp: 700, winklerBp: 1000, rollingCoverage250 };
    const text = evaluationReport({
      ...evaluation,
      intervalMethods: [
        { name: 'conformal', ...figures },
        { name: 'published', ...figures },
      ],
    });
    expect(text).toContain('Nothing of it was published before its session: it is reconstructed, in time order');
    expect(text).toContain('conformal (in use now)');
    expect(text).toContain('the method of each session');
  });

  it('says how many sessions a window lacks', () => {
    const empty = { window: 250, min: null, max: null, last: null };
    const text = evaluationReport({ ...evaluation, days: 120, rollingCoverage250: empty });
    expect(text).toContain('rolling 250       not enough sessions (120 of 250)');
    expect(text).not.toContain('– to –');
  });

  it('warns of fewer sessions than were asked for, and of survivors, before the figures', () => {
    const text = evaluationReport({ ...evaluation, daysAsked: 911, endedSymbols: 0 });
    expect(text).toMatch(/500 sessions judged of 911 asked for.*Survivors only: the bars of all 60 symbols.*Coverage/s);
    const whole = evaluationReport({ ...evaluation, daysAsked: 500, endedSymbols: 2 });
    expect(whole).not.toMatch(/asked for|Survivors/);
    expect(evaluationReport({ ...evaluation, endedSymbols: 0, synthetic: true })).not.toContain('Survivors');
  });

  it('shows the skill of each year', () => {
    const skill = { har: 0.052, rollingQuantile: 0.041, randomWalk: 0.032, ewma: 0.023 };
    const year = { year: 2024, sessions: 245, symbolDays: 14_700, coverage: 0.9312, meanWidthBp: 712, winklerBp: 1021 };
    const text = evaluationReport({ ...evaluation, skillByYear: [{ ...year, skill }] });
    expect(text).toMatch(/2024 .*245 .*14,700 .*93\.1 % .*712 bp .*1021 bp .*5\.2 % .*4\.1 % .*3\.2 % .*2\.3 %/);
  });

  it('shows the IC with its interval, and of single models no verdict', () => {
    const text = evaluationReport(evaluation);
    expect(text).toContain('rank IC 0.0100 (-0.012 to 0.031)');
    expect(text).toMatch(/leaf-wise .* 0\.0200 .*0\.011 to 0\.050 +0\.5100/);
    expect(text.match(/skill measured/g)).toHaveLength(1);
  });

  it('names each information coefficient by leg and correlation, and the correction that an edge survives', () => {
    const line = { low: 0.01, high: 0.03, sessions: 500 };
    const measured: Partial<Evaluation> = {
      informationCoefficients: [
        { ...line, leg: 'close-to-open', correlation: 'spearman', value: 0.0312, t: 3.4, edge: true },
        { ...line, leg: 'rest-of-session', correlation: 'pearson', value: 0.0104, t: 3.2, edge: false },
      ],
    };
    const text = evaluationReport({ ...evaluation, ...measured });
    expect(text).toContain("t > 3.34, Bonferroni's correction at 5 % for the 60 coefficients tested:");
    expect(text).toMatch(/close to open +Spearman \(ranks\) +0\.0312 +0\.010 to 0\.030 +3\.4 +500 +yes/);
    expect(text).toMatch(/rest of session +Pearson +0\.0104 .* 3\.2 +500 +no edge/);
  });

  it.each([
    [{ value: 0.54, low: 0.53, high: 0.55, alwaysUp: 0.52 }, 'skill measured'],
    [{ value: 0.53, low: 0.51, high: 0.55, alwaysUp: 0.52 }, 'no skill measured'],
    [{ value: 0.51, low: 0.49, high: 0.53, alwaysUp: 0.47 }, 'no skill measured'],
  ])('says of a hit rate of %j: %s', (hitRate, verdict) => {
    expect(evaluationReport({ ...evaluation, hitRate })).toContain(`Direction           ${verdict}\n`);
  });
});
