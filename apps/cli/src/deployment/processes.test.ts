import { expect, it } from 'vitest';
import { ownProcesses } from './processes.ts';

it('a process holds what was taken while it ran, and not what another one of its number took before', () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  expect(ownProcesses.isAlive(process.pid, minutesAgo(0))).toBe(true);
  expect(ownProcesses.isAlive(process.pid, minutesAgo(60 * 24 * 400))).toBe(false);
});
