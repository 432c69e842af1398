import { describe, expect, it } from 'vitest';
import { requestKey } from './request-key.ts';

describe('requestKey', () => {
  it('is the same for the same request and begins with the job', () => {
    expect(requestKey('training', { seed: 1 })).toBe(requestKey('training', { seed: 1 }));
    expect(requestKey('training', { seed: 1 })).toMatch(/^training\/request-[0-9a-f]{12}$/);
  });

  it('differs for another payload and for another job', () => {
    expect(requestKey('training', { seed: 2 })).not.toBe(requestKey('training', { seed: 1 }));
    expect(requestKey('evaluation', { seed: 1 })).not.toBe(requestKey('training', { seed: 1 }));
  });
});
