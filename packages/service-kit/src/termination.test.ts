import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { drainOnSignals } from './termination.ts';

class Target extends EventEmitter {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('drainOnSignals', () => {
  it('drains at the first signal and then ends with 0', async () => {
    const target = new Target();
    const seen: string[] = [];
    drainOnSignals(target, async (signal) => void seen.push(signal));
    target.emit('SIGTERM', 'SIGTERM');
    await settled();
    expect(seen).toEqual(['SIGTERM']);
    expect(target.exits).toEqual([0]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once at a second signal, %s with %i', (signal, code) => {
    const target = new Target();
    drainOnSignals(target, () => new Promise(() => undefined));
    target.emit('SIGTERM', 'SIGTERM');
    expect(target.exits).toEqual([]);
    target.emit(signal, signal);
    expect(target.exits).toEqual([code]);
  });

  it('ends with 1 when draining fails', async () => {
    const target = new Target();
    drainOnSignals(target, () => Promise.reject(new Error('the database does not close')));
    target.emit('SIGINT', 'SIGINT');
    await settled();
    expect(target.exits).toEqual([1]);
  });

  it('lets go of the signals', () => {
    const target = new Target();
    drainOnSignals(target, async () => undefined)();
    expect(target.listenerCount('SIGTERM') + target.listenerCount('SIGINT')).toBe(0);
  });
});
