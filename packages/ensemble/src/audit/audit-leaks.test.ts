import { noisePanel, type Panel } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { auditLeaks } from './audit-leaks.ts';
import type { AuditReport } from './audit-report.ts';
import { plantedLeaks } from './planted-leaks.ts';
import { productPipeline } from './product-pipeline.ts';

const honest = productPipeline({
  minimumTrainingSessions: 100,
  judgedSessions: 60,
  warmUpSessions: 40,
  retrainEvery: 50,
});

function noise(seed: number, sessionCount = 240): Panel {
  return noisePanel({ symbolCount: 3, sessionCount, seed, missingShare: 0.01 });
}

function named({ alarms }: AuditReport): readonly string[] {
  return [...new Set(alarms.map(({ kind, column }) => `${kind}: ${column}`))];
}

describe('leak audit', () => {
  it('raises no alarm in a hundred runs of the product on noise, and skips nothing', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const report = auditLeaks(honest, noise(seed), { probes: 2 });
      expect(report.alarms, `seed ${seed}`).toEqual([]);
      expect(report.passed, `seed ${seed}`).toBe(true);
    }
  });

  const panel = noise(487);

  it.each(plantedLeaks(honest, panel).map((leak) => [leak.name, leak] as const))('catches: %s', (_, leak) => {
    const report = auditLeaks(leak.pipeline, panel);
    const alarm = report.alarms.find(({ kind, column }) => kind === leak.kind && column === leak.column);
    expect(alarm).toMatchObject({ message: expect.stringContaining(leak.column.replace('day', 'dated')) });
    expect(report.passed).toBe(false);
  });

  it('blames nothing but the leak', () => {
    const alarms = plantedLeaks(honest, panel).map(({ name, pipeline }) => [name, named(auditLeaks(pipeline, panel))]);
    expect(Object.fromEntries(alarms)).toMatchObject({
      'shuffled split': ['split: split'],
      'centred window': ['look-ahead: centred_average_distance_11'],
      'same-day fill of a label': ['label: label'],
      'calendar off by one': ['calendar: day'],
      'calendar off by one in a join': ['look-ahead: joined_market_return', 'target: joined_market_return'],
    });
  });

  it('says where a leak begins', () => {
    const [, centred] = plantedLeaks(honest, panel);
    const [alarm] = auditLeaks(centred!.pipeline, panel, { probes: 'all' }).alarms;
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

  it('names a session on which the exchange was closed', () => {
    const days = panel.days.map((day, t) => (t === 4 ? day + 2 : day));
    const report = auditLeaks(honest, { ...panel, days: days.sort() });
    expect(report.alarms.find(({ column }) => column === 'day')?.message).toMatch(/was closed/);
  });

  it('does not call skipped what it could not see', () => {
    const report = auditLeaks(honest, noise(1, 40));
    expect(report.alarms).toEqual([]);
    expect(report.passed).toBe(false);
    expect(report.checks.filter(({ outcome }) => outcome === 'skipped').map(({ kind }) => kind)).toEqual([
      'target',
      'split',
      'scaler',
    ]);
  });
});
