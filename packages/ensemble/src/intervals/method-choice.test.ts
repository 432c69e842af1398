import { describe, expect, it } from 'vitest';
import { type EnsembleMethod, ensembleMethods } from './interval-method.ts';
import { byMethod, MethodChoice, type SessionOutcome } from './method-choice.ts';

/** Sessions of 1,000 symbols in which every method covers 930 with a Winkler score of 0.1, but for the changes. */
function after(
  sessions: number,
  changes: Partial<Record<EnsembleMethod, Partial<SessionOutcome>>>,
  choice = new MethodChoice(),
): MethodChoice {
  const outcomes = byMethod((method) => ({ inside: 930, judged: 1000, winkler: 100, ...changes[method] }));
  for (let t = 0; t < sessions; t += 1) choice.observe(outcomes);
  return choice;
}

const all = (change: Partial<SessionOutcome>) => byMethod(() => change);

describe('the method that is published', () => {
  it('is the regime method until 250 sessions are known, and then the sharpest one', () => {
    const sharper = { 'ensemble-split': { winkler: 99 } };
    expect(after(249, sharper).published).toBe('ensemble-regime');
    expect(after(250, sharper).published).toBe('ensemble-split');
  });

  it('stays when another is better by less than half a percent', () => {
    expect(after(250, { 'ensemble-pid': { winkler: 99.6 } }).published).toBe('ensemble-regime');
    expect(after(250, { 'ensemble-pid': { winkler: 99.4 } }).published).toBe('ensemble-pid');
  });

  it('is never one whose coverage is close to a bound while another is safe, however sharp it is', () => {
    const narrow = { 'ensemble-pid': { inside: 917, winkler: 60 } };
    expect(after(250, narrow).published).toBe('ensemble-regime');
    const unsafe = { 'ensemble-regime': { inside: 942 }, 'ensemble-quantile': { winkler: 101 } };
    expect(after(250, unsafe).published).toBe('ensemble-split');
  });

  it('is the one closest to the target when none is safe', () => {
    expect(after(250, { ...all({ inside: 916 }), 'ensemble-adaptive': { inside: 918 } }).published).toBe(
      'ensemble-adaptive',
    );
  });

  it('falls back to EWMA only when all are outside the objective, and comes back when one is inside again', () => {
    const oneLeft = after(250, { ...all({ inside: 900 }), 'ensemble-pid': { inside: 916 } });
    expect(oneLeft.published).toBe('ensemble-pid');
    const demoted = after(250, all({ inside: 900 }));
    expect(demoted.published).toBe('ewma-adaptive');
    expect(after(250, {}, demoted).published).not.toBe('ewma-adaptive');
  });

  it('goes on from its state', () => {
    const first = after(249, { 'ensemble-split': { winkler: 90 } });
    const next = new MethodChoice(first.state());
    expect(after(1, { 'ensemble-split': { winkler: 90 } }, next).published).toBe('ensemble-split');
    expect(Object.keys(next.state().records)).toEqual([...ensembleMethods]);
  });
});
