import { type Panel, slicePanel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { auditLeaks } from './audit-leaks.ts';
import type { AuditFindings } from './audited-pipeline.ts';
import { plantedLeaks } from './planted-leaks.fixture.ts';
import { productPipeline } from './product-pipeline.ts';

const honest = productPipeline({
  minimumTrainingSessions: 120,
  judgedSessions: 30,
  warmUpSessions: 20,
  retrainEvery: 70,
});

function noise(seed: number, sessionCount = 200): Panel {
  return noisePanel({ symbolCount: 2, sessionCount, seed, missingShare: 0.01 });
}

function named({ alarms }: AuditFindings): readonly string[] {
  return [...new Set(alarms.map(({ kind, column }) => `${kind}: ${column}`))];
}

describe('leak audit', () => {
  // In more of them: tests/platform/leak-audit.test.ts.
  it('raises no alarm in ten runs of the product on noise, and skips nothing', { tags: ['long'] }, () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const report = auditLeaks(honest, noise(seed), { probes: 2 });
      expect(report.alarms, `seed ${seed}`).toEqual([]);
      expect(report.passed, `seed ${seed}`).toBe(true);
    }
  });

  const panel = noise(487);

  const leaks = plantedLeaks(honest, panel).map((leak) => ({ ...leak, report: auditLeaks(leak.pipeline, panel) }));

  it.each(leaks.map((leak) => [leak.name, leak] as const))('catches: %s', (_, { kind, column, report }) => {
    const alarm = report.alarms.find((other) => other.kind === kind && other.column === column);
    expect(alarm).toMatchObject({ message: expect.stringContaining(column.replace('day', 'dated')) });
    expect(report.passed).toBe(false);
  });

  it('blames nothing but the leak', () => {
    expect(Object.fromEntries(leaks.map(({ name, report }) => [name, named(report)]))).toMatchObject({
      'shuffled split': ['split: split'],
      'centred window': ['look-ahead: centred_average_distance_11'],
      'target in the features': ['target: tomorrow'],
      'calendar off by one': ['calendar: day'],
      'adjusted closes restated after the fact': ['look-ahead: adjusted_close', 'restatement: adjusted_close'],
      'forecasts stored by a training on the real labels': ['permutation: forecast'],
      'universe of survivors': ['universe: universe'],
      'calendar off by one in a join': ['look-ahead: joined_market_return', 'target: joined_market_return'],
    });
  });

  it('says where a leak begins', () => {
    const centred = leaks.find(({ name }) => name === 'centred window')!;
    const [alarm] = auditLeaks(centred.pipeline, slicePanel(panel, 0, 40), { probes: 'all' }).alarms;
    expect(alarm).toMatchObject({ column: 'centred_average_distance_11', firstSession: '2011-01-12' });
  });

  it('finds a training one session too close, and a label that has happened already', () => {
    const close = auditLeaks({ ...honest, embargo: honest.embargo + 1 }, panel);
    expect(named(close)).toEqual([]);
    const closer = auditLeaks({ ...honest, embargo: honest.embargo + 2 }, panel);
    expect(named(closer)).toEqual(['split: split']);
    const past = auditLeaks(
      { ...honest, label: ({ close: c }) => c.map((x, row) => Math.log(x / c[row - 3]!)) },
      panel,
    );
    expect(named(past)).toContain('label: label');
  });

  it('finds a feature of the price level in a panel that was restated before it was handed in', () => {
    const level = (some: Panel) => {
      const matrix = honest.features(some);
      const values = matrix.values.slice();
      values.set(some.close.map(Math.log));
      return { ...matrix, values };
    };
    const { alarms } = auditLeaks({ ...honest, features: level }, panel);
    expect(alarms).toMatchObject([
      { kind: 'restatement', column: 'return_1', firstSession: '2011-01-04', symbol: '0001' },
    ]);
  });

  it('names a session on which the exchange was closed', () => {
    const days = panel.days.map((day, t) => (t === 3 ? day + 1 : day));
    const { alarms } = auditLeaks(honest, { ...panel, days });
    expect(alarms.find(({ column }) => column === 'day')).toMatchObject({
      firstSession: '2011-01-08',
      message: 'the panel has bars on 2011-01-08, on which the exchange was closed',
    });
  });

  it('does not call skipped what it could not see', () => {
    const report = auditLeaks(honest, noise(1, 40));
    expect(report.alarms).toEqual([]);
    expect(report.passed).toBe(false);
    expect(report.checks.filter(({ outcome }) => outcome === 'skipped').map(({ kind }) => kind)).toEqual([
      'target',
      'split',
      'scaler',
      'permutation',
    ]);
  });
});
