import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../packages/deployment/src/plan-summary.ts';
import { revisionToReturnTo, servingRevision } from '../../packages/deployment/src/release-history.ts';
import { missingApproval } from './approval.ts';

describe('the approval', () => {
  const production = { environment: 'production', cloud: 'aws' } as const;
  const reviewed = { protection_rules: [{ type: 'branch_policy' }, { type: 'required_reviewers' }] };

  it('is missing where GitHub would make the environment itself, or has it without reviewers', () => {
    expect(missingApproval(production, undefined)).toContain('no environment production-approval');
    expect(missingApproval(production, { protection_rules: [{ type: 'wait_timer' }] })).toContain(
      'no required reviewers',
    );
    expect(missingApproval(production, {})).toContain('no required reviewers');
    expect(missingApproval(production, reviewed)).toBeUndefined();
  });
});

describe('the revisions of a release', () => {
  const served = [
    { revision: 8, status: 'superseded' },
    { revision: 9, status: 'deployed' },
  ];

  it('have one that serves, whatever was begun after it', () => {
    expect(servingRevision([...served, { revision: 10, status: 'failed' }])).toBe(9);
    expect(servingRevision([{ revision: 1, status: 'failed' }])).toBeUndefined();
  });

  it('lead back where something was begun, also when helm took it for good', () => {
    expect(revisionToReturnTo([...served, { revision: 10, status: 'failed' }], 9)).toBe(9);
    const tested = [
      { revision: 9, status: 'superseded' },
      { revision: 10, status: 'deployed' },
    ];
    expect(revisionToReturnTo(tested, 9)).toBe(9);
    expect(revisionToReturnTo(served, 9)).toBeUndefined();
  });
});

it('a summary of a plan counts and names what it does, losses first', () => {
  const change = (address: string, ...actions: string[]) => ({ address, change: { actions } });
  const changes = [
    change('a.new', 'create'),
    change('b.same', 'no-op'),
    change('c.other', 'delete', 'create'),
    change('d.gone', 'delete'),
    change('e.read', 'read'),
    change('f.first', 'create', 'delete'),
  ];
  expect(summaryOf(JSON.stringify({ resource_changes: changes }))).toBe(
    '**destroy: 1**\n\n- `d.gone`\n\n**replace: 2**\n\n- `c.other`\n- `f.first`\n\n**create: 1**\n\n- `a.new`',
  );
  expect(summaryOf('{}')).toBe('Nothing changes.');
});
