import { describe, expect, it } from 'vitest';
import { runSeconds } from './run-figures.ts';

describe('the time of a run', () => {
  it('is from its start to its end', () => {
    expect(runSeconds({ startedAt: '2026-11-24T06:45:12Z', finishedAt: '2026-11-24T06:46:39.500Z' })).toBe(87.5);
  });

  it('is not known before it has ended', () => {
    expect(runSeconds({ startedAt: '2026-11-24T06:45:12Z', finishedAt: null })).toBeNull();
    expect(runSeconds({ startedAt: null, finishedAt: null })).toBeNull();
  });
});
