import { problemSchema, sessionListSchema } from '@daytrade/contracts';
import type { Service } from '@daytrade/service';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyService } from '../empty-service.fixture.ts';
import { addSessionRoutes } from './sessions.ts';

let now: number;
let service: Service;

beforeEach(async () => {
  /** Wednesday, 10:00 in Japan. */
  now = Date.parse('2026-11-25T01:00:00Z');
  service = await emptyService();
  addSessionRoutes(service, { now: () => now });
});

const get = async (url: string) => (await service.inject(url)).json<unknown>();
const problem = async (url: string) => problemSchema.parse(await get(url));

describe('/v1/sessions', () => {
  it('gives this month and the next one, and what the market does now', async () => {
    const list = sessionListSchema.parse(await get('/v1/sessions'));
    expect(list.sessions[0]?.date).toBe('2026-11-02');
    expect(list.sessions.at(-1)?.date).toBe('2026-12-30');
    expect(list.closed.at(0)).toEqual({ date: '2026-11-01', reason: 'Sunday' });
    expect(list.closed.at(-1)?.date).toBe('2026-12-31');
    expect(list.now).toEqual({
      japanTime: '2026-11-25 10:00:00',
      phase: 'morning',
      session: '2026-11-25',
      nextSession: '2026-11-26',
    });
  });

  it.each([
    ['2026-11-24T23:00:00Z', 'before-open', '2026-11-25', '2026-11-25'],
    ['2026-11-25T07:00:00Z', 'after-close', '2026-11-25', '2026-11-26'],
    ['2026-11-28T03:00:00Z', 'closed', null, '2026-11-30'],
    ['2030-12-27T07:00:00Z', 'after-close', '2030-12-27', '2030-12-30'],
    ['2030-12-29T03:00:00Z', 'closed', null, '2030-12-30'],
    ['2030-12-30T07:00:00Z', 'after-close', '2030-12-30', null],
    ['2030-12-31T03:00:00Z', 'closed', null, null],
  ])('says at %s: %s', async (instant, phase, session, nextSession) => {
    now = Date.parse(instant);
    expect(sessionListSchema.parse(await get('/v1/sessions')).now).toMatchObject({ phase, session, nextSession });
  });

  it('counts 245 sessions in 2024, and half days have no afternoon', async () => {
    const year = sessionListSchema.parse(await get('/v1/sessions?from=2024-01-01&to=2024-12-31'));
    expect(year.sessions).toHaveLength(245);
    expect(year.closed).toHaveLength(366 - 245);
    const half = sessionListSchema.parse(await get('/v1/sessions?from=2008-12-30&to=2008-12-30')).sessions[0];
    expect(half).toMatchObject({ afternoonOpen: null, close: '11:00' });
  });

  it('takes one end alone', async () => {
    const after = sessionListSchema.parse(await get('/v1/sessions?from=2030-12-10'));
    expect(after.closed.at(-1)?.date).toBe('2030-12-31');
    const until = sessionListSchema.parse(await get('/v1/sessions?to=2026-03-10'));
    expect([...until.sessions, ...until.closed].map(({ date }) => date).sort()[0]).toBe('2026-03-01');
  });

  it('says that the calendar is over, and blames no parameter, when today is after its end', async () => {
    now = Date.parse('2031-01-06T03:00:00Z');
    for (const query of ['', '?from=2030-12-01&to=2030-12-31']) {
      expect(await problem(`/v1/sessions${query}`)).toMatchObject({
        status: 400,
        code: 'market.date-out-of-range',
        detail: expect.stringMatching(/^the calendar ends 2030-12-31 and today is 2031-01-06/) as string,
      });
    }
  });

  it.each([
    ['from=2026-02-30', 'input.invalid', 'from: expected a date that exists, got "2026-02-30"'],
    ['to=tomorrow', 'input.invalid', 'to: expected a date as YYYY-MM-DD, got "tomorrow"'],
    [
      'from=2026-02-02&to=2026-02-01',
      'input.invalid',
      'from: expected a day that is not after "to", 2026-02-01, got "2026-02-02"',
    ],
    [
      'from=2000-01-01&to=2026-02-01',
      'input.invalid',
      'to: expected at most 5000 days from 2000-01-01 on, not 9529, got "2026-02-01"',
    ],
    ['from=1999-12-31', 'input.invalid', 'from: expected a day from 2000-01-01 to 2030-12-31, got "1999-12-31"'],
  ])('refuses %s', async (query, code, detail) => {
    expect(await problem(`/v1/sessions?${query}`)).toMatchObject({ status: 400, code, detail });
  });
});
