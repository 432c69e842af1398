import { afterEach, expect, it, vi } from 'vitest';
import type { CommandContext } from '../define-command.ts';
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
