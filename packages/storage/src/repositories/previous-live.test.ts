import type { Activation } from '@daytrade/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previousLive } from './previous-live.ts';

const promote = (version: string) => ({ version, action: 'promote' as const });
const rollback = (version: string) => ({ version, action: 'rollback' as const });

describe('previousLive', () => {
  it('is the model before the live one, not the one that was rolled back', () => {
    expect(previousLive([promote('a'), promote('b')])).toBe('a');
    expect(previousLive([promote('a'), promote('b'), promote('c'), rollback('b')])).toBe('a');
    expect(previousLive([promote('a'), promote('b'), rollback('a'), promote('c')])).toBe('a');
  });

  it('is undefined where none was live before', () => {
    expect(previousLive([])).toBeUndefined();
    expect(previousLive([promote('a')])).toBeUndefined();
    expect(previousLive([promote('a'), promote('b'), rollback('a')])).toBeUndefined();
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
            expect(previousLive(log)).toBe(lives.at(-1));
            log.push(rollback(lives.at(-1)!));
          }
        }
        expect(previousLive(log)).toBe(lives.at(-2));
      }),
    );
  });
});
