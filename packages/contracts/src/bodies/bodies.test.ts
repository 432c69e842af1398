import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { evaluationRequestSchema } from './accuracy.ts';
import { namedHorizonSchema } from './in-day.ts';
import { noticeKinds, noticeKindsOf } from './notices.ts';
import { calendarDateSchema, tradeDateSchema } from './primitives.ts';
import { jobTableSchema, sessionQuerySchema } from './runs.ts';
import { uploadPartBytes, uploadRequestSchema } from './uploads.ts';

/** The faults of a value as `field: message`; none where the schema takes it. */
const faultsIn = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => [...path, message].join(': ')) ?? [];

describe('a day', () => {
  it.each([
    ['2000-01-01', []],
    ['2030-12-31', []],
    ['1999-12-31', ['expected a day from 2000-01-01 to 2030-12-31']],
    ['2031-01-01', ['expected a day from 2000-01-01 to 2030-12-31']],
    ['2025-02-29', ['expected a date that exists']],
    ['2025-2-9', ['expected a date as YYYY-MM-DD']],
  ])('%s that is asked for has one fault at most: %j', (date, faults) => {
    expect(faultsIn(calendarDateSchema, date)).toEqual(faults);
  });

  it('that an answer has may lie outside of the calendar', () => {
    expect(tradeDateSchema.parse('1999-12-31')).toBe('1999-12-31');
  });
});

describe('a range of sessions', () => {
  it.each([
    [{}, []],
    [{ from: '2026-01-05' }, []],
    [{ to: '2026-01-05' }, []],
    [{ from: '2026-01-05', to: '2026-01-05' }, []],
    [{ from: '2026-01-06', to: '2026-01-05' }, ['from: expected a day that is not after "to", 2026-01-05']],
    // 5,000 days, and one more.
    [{ from: '2010-01-01', to: '2023-09-09' }, []],
    [{ from: '2010-01-01', to: '2023-09-10' }, ['to: expected at most 5000 days from 2010-01-01 on, not 5001']],
  ])('%j has the faults %j', (range, faults) => {
    expect(faultsIn(sessionQuerySchema, range)).toEqual(faults);
  });
});

describe('a horizon that a person names', () => {
  it.each(['open', 'close@open'])('%s is close@open', (name) => {
    expect(namedHorizonSchema.parse(name)).toBe('close@open');
  });

  it.each(['10:31', 'close', 'close@', 1030, null])('%j is none', (name) => {
    expect(namedHorizonSchema.safeParse(name).success).toBe(false);
  });
});

describe('a request for an evaluation', () => {
  it.each([
    [undefined, { horizon: 'next-close', seed: 1 }],
    [{}, { horizon: 'next-close', seed: 1 }],
    [
      { seed: 0, horizon: 'close@open' },
      { horizon: 'close@open', seed: 0 },
    ],
  ])('%j is read as %j', (given, request) => {
    expect(evaluationRequestSchema.parse(given)).toEqual(request);
  });

  it.each([
    [{ sessions: 100, from: '2026-01-05' }, ['from: expected either "sessions" or "from"']],
    [{ from: '2026-01-06', to: '2026-01-05' }, ['from: expected a day that is not after "to", 2026-01-05']],
    [{ members: ['mine'] }, []],
    [{ features: ['mine'], horizon: 'close@open' }, [expect.stringMatching(/^horizon: expected next-close/)]],
    [{ members: ['mine'], horizon: 'close@open' }, [expect.stringMatching(/^horizon: expected next-close/)]],
  ])('%j has the faults %j', (given, faults) => {
    expect(faultsIn(evaluationRequestSchema, given)).toEqual(faults);
  });
});

describe('files that are announced', () => {
  const hash = 'a'.repeat(64);
  const file = (bytes: number, parts: number, name = '7203.csv') => ({ name, bytes, parts: Array(parts).fill(hash) });
  const announced = (...files: readonly object[]) => faultsIn(uploadRequestSchema, { folder: 'bars', files });

  it.each([
    [0, 0],
    [1, 1],
    [uploadPartBytes, 1],
    [uploadPartBytes + 1, 2],
    [256 * 1_048_576, 256],
  ])('of %i bytes have %i parts, no fewer and no more', (bytes, parts) => {
    const fault = [expect.stringMatching(/^files: 0: parts: expected a hash for each 1048576 bytes/)];
    expect(announced(file(bytes, parts))).toEqual([]);
    expect(announced(file(bytes, parts + 1))).toEqual(fault);
    if (parts > 0) expect(announced(file(bytes, parts - 1))).toEqual(fault);
  });

  it('are refused beyond 256 MiB, below nothing, without any, and with a name twice', () => {
    expect(announced(file(256 * 1_048_576 + 1, 257))).toHaveLength(1);
    expect(announced(file(-1, 0))).toHaveLength(1);
    expect(announced()).toHaveLength(1);
    expect(announced(file(0, 0), file(1, 1))).toEqual(['files: expected no name twice']);
    expect(announced(file(0, 0), file(1, 1, '9984.csv.gz'))).toEqual([]);
  });
});

describe('the table of jobs', () => {
  it('takes names and times at their limits', () => {
    const job = {
      queueJob: 'x',
      description: 'y',
      schedule: { type: 'hourly', minute: 0 },
      waitsFor: [{ job: 'z', ifFailed: 'run' }],
      longestWaitSeconds: 0,
    };
    const schedules = [
      { type: 'hourly', minute: 59 },
      { type: 'market-hours', everyMinutes: 1 },
      { type: 'market-hours', everyMinutes: 150 },
      { type: 'continuous', pauseSeconds: 0 },
      { type: 'continuous', pauseSeconds: 86_400 },
    ];
    expect(jobTableSchema.parse({ a: job })).toEqual({ a: job });
    for (const schedule of schedules) expect(faultsIn(jobTableSchema, { a: { schedule } })).toEqual([]);
  });

  it.each([
    { queueJob: '' },
    { description: '' },
    { longestWaitSeconds: -1 },
    { waitsFor: [{ job: '', ifFailed: 'run' }] },
    { schedule: { type: 'hourly', minute: 60 } },
    { schedule: { type: 'hourly', minute: -1 } },
    { schedule: { type: 'market-hours', everyMinutes: 0 } },
    { schedule: { type: 'market-hours', everyMinutes: 151 } },
    { schedule: { type: 'continuous', pauseSeconds: -0.1 } },
    { schedule: { type: 'daily', at: '24:00' } },
    { unknown: 1 },
  ])('refuses %j', (settings) => {
    expect(faultsIn(jobTableSchema, { a: settings })).toHaveLength(1);
  });
});

it.each([
  ['all', noticeKinds],
  ['none', []],
  [noticeKinds[1], [noticeKinds[1]]],
  [`${noticeKinds[2]},${noticeKinds[0]}`, [noticeKinds[0], noticeKinds[2]]],
])('the notices %s are %j', (setting, kinds) => {
  expect([...noticeKindsOf(setting)]).toEqual(kinds);
});
