import { describe, expect, it } from 'vitest';
import { parseResult } from './jobs.ts';

const result = {
  predictions: 2,
  added: 1,
  leftOut: [],
  session: '2026-11-27',
  modelVersion: 'm20261126-0001-1a2b3c4d',
  horizons: ['next-close'],
  withoutForecast: [],
};

describe('parseResult', () => {
  it('gives the result of a job as its schema has it', () => {
    expect(parseResult('prediction', result)).toEqual(result);
  });

  it('names the job and the field that is not as the schema says', () => {
    expect(() => parseResult('prediction', { ...result, session: 20261127 })).toThrow(
      /^the job prediction reported something else than its contract: session: /,
    );
  });
});
