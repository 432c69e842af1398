import { EventEmitter } from 'node:events';
import { DayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { type ProcessParts, runProcess } from './run-process.ts';

class Target extends EventEmitter {
  readonly env: Record<string, string>;
  readonly exits: number[] = [];
  constructor(env: Record<string, string> = {}) {
    super();
    this.env = { DAYTRADE_LOG_LEVEL: 'silent', ...env };
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('runProcess', () => {
  it('starts with the settings of the environment, and closes at a signal', async () => {
    const target = new Target({ DAYTRADE_DATA_PORT: '9001' });
    const events: unknown[] = [];
    await runProcess(target, async ({ settings }: ProcessParts) => {
      events.push(settings.DAYTRADE_DATA_PORT);
      return async () => void events.push('closed');
    });
    expect(target.exits).toEqual([]);
    target.emit('SIGTERM', 'SIGTERM');
    await settled();
    expect(events).toEqual([9001, 'closed']);
    expect(target.exits).toEqual([0]);
  });

  it.each([
    ['the exit code of an error of the platform', new DayTradeError('state.locked', 'in use by process 7'), 4],
    ['70 for an unexpected error', new TypeError('x is not a function'), 70],
  ])('ends with %s when the start fails', async (_what, error, code) => {
    const target = new Target();
    await runProcess(target, () => Promise.reject(error));
    expect(target.exits).toEqual([code]);
  });

  it('ends with 1 when closing fails', async () => {
    const target = new Target();
    await runProcess(target, async () => () => Promise.reject(new Error('the database does not close')));
    target.emit('SIGINT', 'SIGINT');
    await settled();
    await settled();
    expect(target.exits).toEqual([1]);
  });
});
