import { describe, expect, it } from 'vitest';
import { featureDefinitions, featureNames, features } from './feature-catalogue.ts';

describe('feature catalogue', () => {
  it('has at least sixty features, in all five groups', () => {
    expect(featureDefinitions.length).toBeGreaterThanOrEqual(60);
    expect(new Set(featureDefinitions.map(({ group }) => group))).toEqual(
      new Set(['price', 'volume', 'volatility', 'calendar', 'cross-section']),
    );
  });

  it('names each once, in snake_case, and says what it is', () => {
    expect(new Set(featureNames).size).toBe(featureNames.length);
    for (const { name, description } of featureDefinitions) {
      expect(name).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
      expect(description).not.toBe('');
    }
  });

  it('computes no feature twice', () => {
    expect(new Set(features.map(({ series }) => series.formula)).size).toBe(features.length);
  });
});
