import { describe, expect, it } from 'vitest';
import { nearestCodes } from './universe.ts';

describe('nearestCodes', () => {
  it('finds a code with one wrong character', () => {
    expect(nearestCodes('7204', ['6758', '7203', '8306'])).toEqual(['7203']);
  });

  it('finds a code with two neighbours that changed places', () => {
    expect(nearestCodes('7230', ['6758', '7203'])).toEqual(['7203']);
    expect(nearestCodes('3027', ['7023'])).toEqual([]);
  });

  it('suggests nothing for what is farther away, and never the code itself', () => {
    expect(nearestCodes('7203', ['7203', '7310', '720'])).toEqual([]);
  });

  it('suggests three at most', () => {
    expect(nearestCodes('0101', ['0102', '0103', '0104', '0105'])).toEqual(['0102', '0103', '0104']);
  });
});
