import { afterEach, expect, it, vi } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { runLine } from '../platform/answering-services.fixture.ts';
import { sessionsCommand } from './sessions.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

it.each([
  ['2026-12-01T09:00:00+09:00', true, 'morning', 0],
  ['2026-12-01T12:00:00+09:00', true, 'lunch', 0],
  ['2026-12-01T15:29:00+09:00', true, 'pre-closing', 0],
  ['2026-12-01T15:30:00+09:00', false, 'after-close', 3],
  ['2026-12-05T10:00:00+09:00', false, 'closed', 3],
])('--open says at %s by its exit code whether the exchange is in session', async (at, open, phase, exitCode) => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(at));
  const out: string[] = [];
  const terminal = { stdout: { write: (text: string) => out.push(text) } } as unknown as CommandContext['terminal'];
  await sessionsCommand.run({ terminal, json: true } as CommandContext, { args: [], options: { open: true } });
  expect(process.exitCode).toBe(exitCode);
  expect(JSON.parse(out.join(''))).toEqual({ open, phase });
});

it.each([
  ['2026-12-01T15:00:00+09:00', 'The exchange is in session (afternoon).\n', 0],
  ['2026-12-01T08:59:59+09:00', 'The exchange is closed (before-open).\n', 3],
])('--open says it in words at %s', async (at, said, exitCode) => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(at));
  expect(await runLine(['sessions', '--open'])).toMatchObject({ out: said, exitCode, requests: [] });
});

const whole = { morningOpen: '09:00', morningClose: '11:30', afternoonOpen: '12:30', continuousClose: '15:25' };
const list = {
  sessions: [
    { ...whole, date: '2024-11-05', close: '15:30' },
    { ...whole, date: '2024-11-06', afternoonOpen: null, close: '11:30' },
  ],
  closed: [
    { date: '2024-11-02', reason: 'Saturday' },
    { date: '2024-11-03', reason: 'Sunday' },
    { date: '2024-11-04', reason: 'Culture Day (observed)' },
  ],
  now: { japanTime: '2024-11-05 10:00', phase: 'morning', session: '2024-11-05', nextSession: '2024-11-06' },
};

it('shows hours, closed weekdays and the phase of now', async () => {
  const words = ['sessions', '--from', '2024-11-01', '--to', '2024-11-30'];
  const { out, requests } = await runLine(words, { 'GET /v1/sessions': list });
  expect(requests).toEqual([['GET /v1/sessions?from=2024-11-01&to=2024-11-30']]);
  expect(out).toBe(`session     morning      afternoon    closes
2024-11-05  09:00–11:30  12:30–15:25  15:30
2024-11-06  09:00–11:30  –            11:30

Closed on weekdays:
  2024-11-04  Culture Day (observed)

2 sessions. Now 2024-11-05 10:00 JST: morning; next session 2024-11-06
`);
});

it('says that no weekday was closed, and that no next session is known', async () => {
  const answer = { ...list, closed: list.closed.slice(0, 2), now: { ...list.now, nextSession: null } };
  const { out } = await runLine(['sessions'], { 'GET /v1/sessions': answer });
  expect(out).toMatch(/\nClosed on weekdays:\n {2}none\n\n2 sessions\. .*; next session –\n$/);
});
