import { instantOf, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { manualKey, slotKey } from './due-times.ts';

const due = instantOf(parseTradeDate('2026-11-24'), '08:30');

describe('slotKey', () => {
  it('is (job, session) for a daily job, so that a changed time of day is not a second run', () => {
    expect(slotKey('market-preparation', { type: 'daily', at: '08:30' }, due)).toBe('market-preparation/2026-11-24');
  });

  it('is (job, time slot in Japan) for a job that is due several times a day', () => {
    expect(slotKey('prediction', { type: 'market-hours', everyMinutes: 15 }, due)).toBe(
      'prediction/2026-11-24T08:30:00',
    );
  });
});

describe('manualKey', () => {
  it('depends on the payload and not on the order of its fields', () => {
    const key = manualKey('training', { seed: 1, promote: true });
    expect(key).toMatch(/^training\/manual-[0-9a-f]{12}$/);
    expect(manualKey('training', { promote: true, seed: 1 })).toBe(key);
    expect(manualKey('training', { seed: 2, promote: true })).not.toBe(key);
    expect(manualKey('evaluation', { seed: 1, promote: true })).not.toBe(key);
  });
});
