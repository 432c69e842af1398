import { execFileSync } from 'node:child_process';
import { instantOf, japanDate, japanTime, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTimes, manualKey, nextDueTime, slotKey } from './due-times.ts';
import { type Schedule, weekdays } from './schedule.ts';

const day = (date: string, time = '00:00') => instantOf(parseTradeDate(date), time);
const inJapan = (times: readonly number[]) => times.map((time) => `${japanDate(time)} ${japanTime(time).slice(0, 5)}`);

const instants = fc.integer({ min: day('2000-02-01'), max: day('2030-10-01') });
const spans = fc.integer({ min: 0, max: 20 * 86_400_000 });
const timesOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ type: fc.constant('daily' as const), at: timesOfDay }),
  fc.record({ type: fc.constant('hourly' as const), minute: fc.integer({ min: 0, max: 59 }) }),
  fc.record({ type: fc.constant('weekly' as const), day: fc.constantFrom(...weekdays), at: timesOfDay }),
  fc.record({ type: fc.constant('market-hours' as const), everyMinutes: fc.integer({ min: 1, max: 150 }) }),
);

describe('dueTimes', () => {
  it('lists every 15 minutes of a session: from the open of each half, not at lunch, not at the close', () => {
    const times = dueTimes({ type: 'market-hours', everyMinutes: 15 }, day('2024-11-05'), day('2024-11-06'));
    expect(times.map((time) => japanTime(time).slice(0, 5))).toEqual(
      (
        '09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00 11:15 12:30 12:45 13:00 13:15 13:30 13:45 14:00 ' +
        '14:15 14:30 14:45 15:00 15:15'
      ).split(' '),
    );
  });

  it('ends half an hour earlier before the close moved to 15:30', () => {
    const times = dueTimes({ type: 'market-hours', everyMinutes: 5 }, day('2024-11-01'), day('2024-11-02'));
    expect(inJapan(times).at(-1)).toBe('2024-11-01 14:55');
    expect(times).toHaveLength(30 + 30);
  });

  it('lists daily times on trading days only', () => {
    const times = dueTimes({ type: 'daily', at: '08:30' }, day('2024-12-27'), day('2025-01-08'));
    expect(inJapan(times)).toEqual(['2024-12-27 08:30', '2024-12-30 08:30', '2025-01-06 08:30', '2025-01-07 08:30']);
  });

  it('lists weekly times on their day, closed or not', () => {
    const times = dueTimes({ type: 'weekly', day: 'sunday', at: '02:00' }, day('2026-11-01'), day('2026-11-20'));
    expect(inJapan(times)).toEqual(['2026-11-01 02:00', '2026-11-08 02:00', '2026-11-15 02:00']);
  });

  it.each(weekdays.map((weekday, i) => [weekday, `2026-11-${String(i + 1).padStart(2, '0')}`] as const))(
    'lists %s in the week from Sunday 2026-11-01 as %s',
    (weekday, date) => {
      const times = dueTimes({ type: 'weekly', day: weekday, at: '23:30' }, day('2026-11-01'), day('2026-11-08'));
      expect(inJapan(times)).toEqual([`${date} 23:30`]);
    },
  );

  it('lists times of market hours that do not divide a half of the session, from the open of each', () => {
    const times = dueTimes({ type: 'market-hours', everyMinutes: 100 }, day('2024-11-05'), day('2024-11-06'));
    expect(inJapan(times).map((text) => text.slice(11))).toEqual(['09:00', '10:40', '12:30', '14:10']);
    const longest = dueTimes({ type: 'market-hours', everyMinutes: 150 }, day('2024-11-05'), day('2024-11-06'));
    expect(inJapan(longest).map((text) => text.slice(11))).toEqual(['09:00', '12:30', '15:00']);
  });

  it('lists the last times of the calendar, and none of a span that ends as it begins', () => {
    const daily: Schedule = { type: 'daily', at: '23:58' };
    expect(inJapan(dueTimes(daily, day('2030-12-29'), day('2030-12-30') + 400 * 86_400_000))).toEqual([
      '2030-12-30 23:58',
    ]);
    const due = day('2026-11-24', '23:58');
    expect(dueTimes(daily, due, due)).toEqual([]);
    expect(dueTimes({ type: 'hourly', minute: 58 }, due, due - 1)).toEqual([]);
    expect(dueTimes({ type: 'hourly', minute: 58 }, due - 1, due)).toEqual([due]);
  });

  it('lists hourly times around the clock', () => {
    const times = dueTimes({ type: 'hourly', minute: 7 }, day('2026-11-21', '22:07'), day('2026-11-22', '01:07'));
    expect(inJapan(times)).toEqual(['2026-11-21 23:07', '2026-11-22 00:07', '2026-11-22 01:07']);
  });

  it('has no times on demand and for continuous work', () => {
    expect(dueTimes({ type: 'on-demand' }, day('2026-11-01'), day('2026-11-20'))).toEqual([]);
    expect(dueTimes({ type: 'continuous', pauseSeconds: 5 }, day('2026-11-01'), day('2026-11-20'))).toEqual([]);
  });

  it('leaves out the beginning of the span and includes its end', () => {
    const daily: Schedule = { type: 'daily', at: '16:00' };
    const due = day('2026-11-24', '16:00');
    expect(dueTimes(daily, due - 1, due)).toEqual([due]);
    expect(dueTimes(daily, due, due + 1)).toEqual([]);
  });

  it('rises strictly, stays in the span, and is the same however the span is cut', () => {
    fc.assert(
      fc.property(schedules, instants, spans, spans, (schedule, from, first, second) => {
        const whole = dueTimes(schedule, from, from + first + second);
        const cut = [
          ...dueTimes(schedule, from, from + first),
          ...dueTimes(schedule, from + first, from + first + second),
        ];
        expect(cut).toEqual(whole);
        expect(whole.every((time, index) => time > (whole[index - 1] ?? from))).toBe(true);
        expect(whole.at(-1) ?? from).toBeLessThanOrEqual(from + first + second);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['America/New_York', 'Pacific/Auckland'])(
    'is the same in a process whose time zone is %s',
    { tags: ['long'] },
    (zone) => {
      const wanted: readonly Schedule[] = [
        { type: 'daily', at: '08:30' },
        { type: 'hourly', minute: 30 },
        { type: 'weekly', day: 'sunday', at: '02:00' },
        { type: 'market-hours', everyMinutes: 15 },
      ];
      // Both zones change their clocks within these days.
      const [from, to] = [day('2026-03-01'), day('2026-04-10')];
      const script = `import { dueTimes } from ${JSON.stringify(new URL('./due-times.ts', import.meta.url).href)};
      const times = ${JSON.stringify(wanted)}.map((schedule) => dueTimes(schedule, ${from}, ${to}));
      console.log(JSON.stringify({ offset: new Date(${from}).getTimezoneOffset(), times }));`;
      const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
        encoding: 'utf8',
      });
      const { offset, times } = JSON.parse(answer) as { readonly offset: number; readonly times: number[][] };
      expect(offset).not.toBe(-540);
      expect(times).toEqual(wanted.map((schedule) => dueTimes(schedule, from, to)));
    },
  );
});

describe('nextDueTime', () => {
  it('finds the first session after the longest closure', () => {
    const next = nextDueTime({ type: 'daily', at: '08:30' }, day('2019-04-26', '08:30'));
    expect(inJapan([next!])).toEqual(['2019-05-07 08:30']);
  });

  it('is undefined without times and where the calendar ends', () => {
    expect(nextDueTime({ type: 'on-demand' }, day('2026-11-01'))).toBeUndefined();
    expect(nextDueTime({ type: 'daily', at: '08:30' }, day('2030-12-31', '12:00'))).toBeUndefined();
  });
});

const due = instantOf(parseTradeDate('2026-11-24'), '08:30');

describe('slotKey', () => {
  it('is (job, session) for a daily job, so that a changed time of day is not a second run', () => {
    expect(slotKey('market-preparation', { type: 'daily', at: '08:30' }, due)).toBe('market-preparation/2026-11-24');
    const weekly = { type: 'weekly', day: 'tuesday', at: '08:30' } as const;
    expect(slotKey('retraining', weekly, due)).toBe('retraining/2026-11-24');
    expect(slotKey('update', { type: 'hourly', minute: 30 }, due)).toBe('update/2026-11-24T08:30:00');
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
