import type { InDayHorizon } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { askedHorizon } from './asked-horizon.ts';

const japan = (time: string, date = '2026-11-27') => Date.parse(`${date}T${time}:00+09:00`);

describe('the horizon of a request', () => {
  it('is the one whose time came last, else the one that is named and whose time has come', () => {
    expect(askedHorizon(japan('10:31'))).toEqual({
      session: '2026-11-27',
      horizon: 'close@10:30',
      time: japan('10:30'),
    });
    expect(askedHorizon(japan('10:31'), 'close@open')).toMatchObject({ horizon: 'close@open', time: japan('09:05') });
    expect(askedHorizon(japan('18:00'), 'close@15:15')).toMatchObject({ horizon: 'close@15:15' });
  });

  it.each<[string, InDayHorizon | undefined, string, RegExp]>([
    ['2026-11-28T10:00', undefined, 'market.not-a-session', /2026-11-28.*Saturday/],
    ['2026-11-27T08:00', undefined, 'prediction.too-early', /^08:30: .*known at 08:30.*it is 08:00/],
    ['2026-11-27T09:04', 'close@open', 'prediction.too-early', /known at 09:05/],
    ['2026-11-27T10:31', 'close@10:45', 'prediction.too-early', /known at 10:45/],
    ['2026-11-27T15:30', undefined, 'prediction.session-over', /2026-11-27 is over/],
    ['2024-11-01T14:00', 'close@15:15', 'input.invalid', /no forecast at 15:15, its last one is at 14:45/],
  ])('at %s %s is refused as %s', (at, horizon, code, message) => {
    expect(() => askedHorizon(Date.parse(`${at}:00+09:00`), horizon)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    );
  });
});
