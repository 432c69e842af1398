import type { Activation } from '@daytrade/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previousLive } from './previous-live.ts';

const promote = (version: string) => ({ version, action: 'promote' as const });
const rollback = (version: string) => ({ version, action: 'rollback' as const });

describe('previousLive', () => {
  it('is the model before the live one, not the one that was rolled back', () => {
    expect(previousLive([promote('a'), promote('b')])).toEqual(['a']);
    expect(previousLive([promote('a'), promote('b'), promote('c'), rollback('b')])).toEqual(['a']);
    expect(previousLive([promote('a'), promote('b'), rollback('a'), promote('c')])).toEqual(['a']);
  });

  it('goes on behind the version that a rollback went to, past those that it passed over', () => {
    const log = [promote('a'), promote('b'), promote('c'), promote('d')];
    expect(previousLive(log)).toEqual(['c', 'b', 'a']);
    expect(previousLive([...log, rollback('b')])).toEqual(['a']);
  });

  it('is nothing where none was live before', () => {
    expect(previousLive([])).toEqual([]);
    expect(previousLive([promote('a')])).toEqual([]);
    expect(previousLive([promote('a'), promote('b'), rollback('a')])).toEqual([]);
  });

  it('walks back through all promotions, newest first, however promotions and rollbacks were mixed', () => {
    const steps = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.constant('back')));
    fc.assert(
      fc.property(steps, (made) => {
        const log: Pick<Activation, 'version' | 'action'>[] = [];
        const lives: string[] = [];
        for (const step of made) {
          if (step !== 'back') {
            lives.push(step);
            log.push(promote(step));
          } else if (lives.length > 1) {
            lives.pop();
            expect(previousLive(log)[0]).toBe(lives.at(-1));
            log.push(rollback(lives.at(-1)!));
          }
        }
        expect(previousLive(log)[0]).toBe(lives.at(-2));
      }),
    );
  });
});
