import { describe, expect, it } from 'vitest';
import type { StepResult } from '../steps/step-result.ts';
import { reportOf } from './rehearsal-report.ts';
import { reportPage } from './report-page.ts';

const what = {
  cloud: 'aws',
  environment: 'production',
  at: '2026-11-29T17:00:00.000Z',
  commit: '0a1b2c3d',
  interrupted: false,
  mended: ['17:04:05 UTC: the cluster’s etcd had ended and was started again'],
} as const;

const seconds = Array.from({ length: 30 }, (_, second) => ({ answered: 300, failed: second === 12 ? 7 : 0, p99: 20 }));

const steps: readonly StepResult[] = [
  { step: 'cost', verdict: 'held', seconds: 1, figures: [], cost: { 'RDS PostgreSQL': 912.4, Objects: 40 } },
  {
    step: 'policies',
    verdict: 'held',
    seconds: 9,
    figures: [],
    policies: [{ id: 'CKV_AWS_1', name: 'a <policy>', where: 'aws_s3_bucket.main', reason: 'it has no readers' }],
  },
  {
    step: 'failed-upgrade',
    verdict: 'missed',
    seconds: 61.2,
    figures: [
      { id: 'failedRequests', value: 7, unit: '', bar: { most: 0 } },
      { id: 'exitCode', value: 5, unit: '', bar: { is: 5 } },
    ],
    load: { seconds, change: { from: 10, to: 20 } },
    said: 'probe failed: <script>alert(1)</script>',
  },
];

describe('the report of a rehearsal', () => {
  it('holds when every step is held within half an hour, and not when one is missed, late or interrupted', () => {
    const held = steps.map((step): StepResult => ({ ...step, verdict: 'held' }));
    expect(reportOf(what, 1700, held).holds).toBe(true);
    expect(reportOf(what, 1700, steps).holds).toBe(false);
    expect(reportOf(what, 1801, held).holds).toBe(false);
    expect(reportOf({ ...what, interrupted: true }, 1700, held).holds).toBe(false);
    expect(reportOf(what, 1, []).holds).toBe(false);
  });

  it.each(['en', 'ja'] as const)(
    'is a page that needs nothing beside it, and escapes what was reported: %s',
    (language) => {
      const page = reportPage(reportOf(what, 1700, steps), language);
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).not.toMatch(/(?:src|href)=|<script|url\(/);
      expect(page).toContain('&lt;script&gt;');
      expect(page).toContain('a &lt;policy&gt;');
      expect(page).not.toContain('undefined');
    },
  );

  it('names what misses its bar, and shows each second of a load, failed requests apart', () => {
    const page = reportPage(reportOf(what, 1700, steps), 'en');
    expect(page).toContain('Not as it has to be: Upgrade to a version that never gets ready');
    expect(page).toContain('<b class="missed">7</b> <span class="bar">(at most 0)</span>');
    expect(page.match(/<rect class="answered" x=/g)).toHaveLength(seconds.length);
    expect(page.match(/<rect class="failed" x=/g)).toHaveLength(1);
    expect(page).toContain('it has no readers');
    expect(page).toContain('952');
    expect(page).toContain('17:04:05 UTC: the cluster’s etcd had ended');
    expect(reportPage(reportOf({ ...what, mended: [] }, 1700, steps), 'en')).not.toContain('The cluster of this');
  });
});
