import { describe, expect, it } from 'vitest';
import { chooseSteps } from './choose-steps.ts';
import { stepNames, stepNeeds } from './step-list.ts';

describe('the steps of a rehearsal', () => {
  it('are all of them, in an order in which each stands behind those that it begins from', () => {
    expect(chooseSteps([], [])).toEqual(stepNames);
    for (const [at, name] of stepNames.entries()) {
      for (const needed of stepNeeds[name]) expect(stepNames.slice(0, at), name).toContain(needed);
    }
  });

  it('are those asked for with what they begin from, in their order', () => {
    expect(chooseSteps(['restore', 'rollback'], [])).toEqual(['install', 'upgrade', 'rollback', 'backup', 'restore']);
  });

  it('are all but those left out', () => {
    const chosen = chooseSteps([], ['infrastructure', 'policies']);
    expect(chosen).toEqual(stepNames.filter((name) => name !== 'infrastructure' && name !== 'policies'));
  });

  it.each([
    [['undo'], [], /no step undo: one of policies, /],
    [[], ['install'], /^upgrade, failed-upgrade, rollback, pod-kill, backup, restore begin from install/],
    [['cost'], ['cost'], /cost is both asked for and left out/],
  ])('are refused: only %j, skip %j', (only, skip, said) => {
    expect(() => chooseSteps(only, skip)).toThrow(said);
  });
});
