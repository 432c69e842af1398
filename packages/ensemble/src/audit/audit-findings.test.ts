import { type Panel } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { auditLeaks } from './audit-leaks.ts';
import { type AuditedPipeline, skipped } from './audited-pipeline.ts';
import { dates, honest, makePanel, panel, sessions } from './honest-pipeline.fixture.ts';

describe('an audit', () => {
  const split = { training: sessions(0, 4), test: sessions(6, 8) };

  it('tells what it looks at and how far it is', () => {
    const told: (readonly [string, number])[] = [];
    const progress = (stage: string, fraction: number) => told.push([stage, fraction]);
    auditLeaks({ ...honest, splits: () => [split, split] }, panel, { probes: 2, progress });
    // Two cuts take as long as two of the ten parts, each split as long as four.
    const share = (part: number) => expect.closeTo(0.05 + 0.95 * part, 9);
    const learning = 'learning again from the training rows alone';
    expect(told).toEqual([
      ['computing features', 0],
      ['cutting the panel', share(0)],
      ['cutting the panel', share(0.1)],
      [learning, share(0.2)],
      [learning, share(0.6)],
    ]);
  });

  it('says of an honest pipeline what was examined', () => {
    const findings = auditLeaks({ ...honest, splits: () => [split] }, panel, { probes: 'all' });
    expect(findings).toEqual({
      pipeline: 'two columns',
      sessions: 8,
      symbols: 2,
      columns: 2,
      passed: false,
      alarms: [],
      checks: [
        ['look-ahead', 'passed', '2 columns computed again at 6 cuts'],
        ['restatement', 'passed', '2 columns computed again on prices restated by a split'],
        ['target', 'skipped', 'no column is known, with its label, in 60 sessions'],
        ['label', 'passed', '4 prices changed at 6 sessions'],
        ['split', 'passed', '1 splits, label 1 ahead, embargo 1'],
        ['scaler', 'passed', 'mean of 2 columns in 1 splits'],
        ['permutation', 'passed', '3 trainings on permuted labels in each of 1 splits'],
        ['calendar', 'passed', 'dates of 8 sessions'],
        ['universe', 'passed', 'members of 8 sessions chosen again at 6 cuts'],
      ].map(([kind, outcome, examined]) => ({ kind, outcome, examined })),
    });
  });

  it('passes where every check could look and found nothing', () => {
    const long = makePanel(70);
    expect(auditLeaks({ ...honest, splits: () => [split] }, long).passed).toBe(true);
    const shifted: AuditedPipeline['dates'] = (some) => ({
      ...honest.dates(some),
      day: some.days.map((day) => day - 1),
    });
    expect(auditLeaks({ ...honest, splits: () => [split], dates: shifted }, long).passed).toBe(false);
  });

  it('says which rows are dated wrongly', () => {
    const shifted: AuditedPipeline['dates'] = (some) => {
      const { day, predictedDay } = honest.dates(some);
      return {
        day: day.map((own, t) => (t >= 2 ? own - 1 : own)),
        predictedDay: predictedDay.map((own, t) => (t >= 5 ? own + 1 : own)),
      };
    };
    const { alarms } = auditLeaks({ ...honest, dates: shifted }, panel);
    const dayBefore = new Date(Date.parse(dates[2]!) - 86_400_000).toISOString().slice(0, 10);
    const dayAfter = new Date(Date.parse(dates[6]!) + 86_400_000).toISOString().slice(0, 10);
    expect(alarms).toEqual([
      {
        kind: 'calendar',
        column: 'day',
        firstSession: dates[2],
        message: `the row of the bars of ${dates[2]} is dated ${dayBefore}`,
      },
      {
        kind: 'calendar',
        column: 'predicted_day',
        firstSession: dates[5],
        message: `the row of ${dates[5]} predicts ${dayAfter}, the next session is ${dates[6]}`,
      },
    ]);
  });

  it.each([
    [0, 1, 'left out', 'taken in'],
    [1, 0, 'taken in', 'left out'],
  ])('names the first row whose part in the universe turns on what came later: %i to %i', (then, later, known, now) => {
    // The second symbol in session 2 once session 7 is known, and in session 1 once session 5 is.
    const universe = ({ close, days }: Panel) =>
      Uint8Array.from(close, (_, row) =>
        (row === 5 && days.length < 8) || (row === 3 && days.length < 6) ? then : later,
      );
    const { alarms } = auditLeaks({ ...honest, universe }, panel, { probes: 2 });
    expect(alarms).toEqual([
      {
        kind: 'universe',
        column: 'universe',
        firstSession: dates[1],
        symbol: '0002',
        message:
          `universe on ${dates[1]}: 0002 is ${known} by what is known on ${dates[3]}, and ${now} ` +
          'by what came after',
      },
    ]);
  });

  it('cannot look at a universe of two sessions', () => {
    const { checks } = auditLeaks(honest, makePanel(2));
    expect(checks.at(-1)).toEqual(skipped('universe', '2 sessions are too few to cut').check);
  });
});
