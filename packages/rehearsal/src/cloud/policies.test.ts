import { expect, it } from 'vitest';
import { holds } from '../steps/figure.ts';
import { measuredOf } from './policies.ts';

const check = {
  check_id: 'CKV_AWS_18',
  check_name: 'logs of a bucket',
  resource: 'aws_s3_bucket.logs',
  file_path: '/s3.tf',
};

it('puts broken policies before waived ones, and one that is broken misses the bar', () => {
  const waived = { ...check, file_line_range: [12, 30], check_result: { suppress_comment: 'it has no readers' } };
  const { figures, policies } = measuredOf({
    results: { failed_checks: [check], skipped_checks: [waived] },
    summary: { passed: 400, failed: 1, skipped: 1 },
  });
  expect(figures.map(({ id }) => id)).toEqual(['policiesPassed', 'policiesFailed', 'policiesWaived']);
  expect(figures.map(holds)).toEqual([true, false, true]);
  expect(policies).toEqual([
    { id: 'CKV_AWS_18', name: 'logs of a bucket', where: 'aws_s3_bucket.logs (/s3.tf)' },
    {
      id: 'CKV_AWS_18',
      name: 'logs of a bucket',
      where: 'aws_s3_bucket.logs (/s3.tf:12)',
      reason: 'it has no readers',
    },
  ]);
});
