import { describe, expect, it } from 'vitest';
import { modelVersion } from './model-version.ts';

const artifactHash = '1f3a9c0b'.padEnd(64, '0');
const createdAt = '2026-11-24T23:59:59.999Z';

describe('modelVersion', () => {
  it('shows the day, a number within the day, and the artifact', () => {
    expect(modelVersion({ createdAt, artifactHash, existing: [] })).toBe('m20261124-0001-1f3a9c0b');
  });

  it('goes on from the highest number of the day, whatever else there is', () => {
    const existing = ['m20261124-0009-aaaaaaaa', 'm20261124-0010-bbbbbbbb', 'm20261123-0099-cccccccc'];
    expect(modelVersion({ createdAt, artifactHash, existing })).toBe('m20261124-0011-1f3a9c0b');
  });
});
