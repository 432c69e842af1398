import { describe, expect, it } from 'vitest';
import { resultsPlace } from './results.ts';

const session = '2025-11-13';
const today = '2025-11-12';

describe('results beside a prediction', () => {
  it.each([
    ['2025-11-13', null, 'onDay'],
    ['2025-11-13', '13:00', 'inSession'],
    ['2025-11-12', '15:30', 'today.afterClose'],
    ['2025-11-11', null, 'afterClose'],
  ] as const)('of %s at %s come: %s', (date, time, place) => {
    expect(resultsPlace({ session, announcement: { date, time, kind: 'planned' } } as never, today)).toBe(place);
  });

  it('are nowhere where none are known', () => {
    expect(resultsPlace({ session, announcement: null } as never, today)).toBeUndefined();
  });
});
