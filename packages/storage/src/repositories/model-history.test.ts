import type { Activation } from '@daytrade/contracts';
import { parseTradeDate, sessionOpen } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelVersion, type Publishing, previousLive, whatStood } from './model-history.ts';

/** Wednesday; it opens at 09:00 in Japan, which is midnight in UTC. */
const session = parseTradeDate('2026-11-25');

const by = (modelVersion: string, madeAt: string): Publishing => ({ session, modelVersion, madeAt });
const live = (version: string, at: string): Activation => ({
  at,
  version,
  previous: null,
  action: 'promote',
  by: null,
});
const stood = (publishings: readonly Publishing[], log: readonly Activation[] = []) =>
  whatStood(
    publishings,
    log,
    (one) => one.session,
    (one) => sessionOpen(one.session),
  ).get(session);

describe('what stood when a session opened', () => {
  it('is of the model that predicted last, when none was live', () => {
    const publishings = [by('a', '2026-11-24T07:00:00.000Z'), by('b', '2026-11-24T08:00:00.000Z')];
    expect(stood(publishings)).toBe('b');
    expect(stood(publishings.toReversed())).toBe('b');
  });

  it('is of the model that was live then, also when another predicted later', () => {
    const publishings = [by('a', '2026-11-24T07:00:00.000Z'), by('b', '2026-11-24T08:00:00.000Z')];
    expect(stood(publishings, [live('a', '2026-11-24T06:00:00.000Z')])).toBe('a');
    const rolledBack = [live('b', '2026-11-24T07:30:00.000Z'), live('a', '2026-11-24T09:00:00.000Z')];
    expect(stood(publishings, rolledBack)).toBe('a');
  });

  it('is not changed by what happens from the open on', () => {
    const publishings = [by('a', '2026-11-24T23:59:59.999Z'), by('b', '2026-11-25T00:00:00.000Z')];
    const log = [live('a', '2026-11-24T06:00:00.000Z'), live('b', '2026-11-25T00:00:00.000Z')];
    expect(stood(publishings, log)).toBe('a');
  });

  it('is not changed by an entry that was appended with a time before that of an earlier one', () => {
    const publishings = [by('a', '2026-11-24T07:00:00.000Z'), by('b', '2026-11-24T08:00:00.000Z')];
    const log = [live('a', '2026-11-24T09:00:00.000Z'), live('b', '2026-11-24T08:30:00.000Z')];
    expect(stood(publishings, log)).toBe('a');
    expect(stood(publishings, [...log, live('b', '2026-11-24T09:00:00.000Z')])).toBe('b');
  });

  it('where nothing was said before the open is of the live model, else the newest', () => {
    const publishings = [by('a', '2026-11-25T01:00:00.000Z'), by('b', '2026-11-25T02:00:00.000Z')];
    expect(stood(publishings, [live('a', '2026-11-25T00:30:00.000Z')])).toBe('a');
    expect(stood(publishings, [live('c', '2026-11-25T00:30:00.000Z')])).toBe('b');
  });
});

const promote = (version: string) => ({ version, action: 'promote' as const });
const rollback = (version: string) => ({ version, action: 'rollback' as const });

describe('previousLive', () => {
  it('goes on behind the version that a rollback went to, past those that it passed over', () => {
    const log = [promote('a'), promote('b'), promote('c'), promote('d')];
    expect(previousLive(log)).toEqual(['c', 'b', 'a']);
    expect(previousLive([...log, rollback('b')])).toEqual(['a']);
    expect(previousLive([])).toEqual([]);
    expect(previousLive([promote('a')])).toEqual([]);
    // A model that the log does not know undoes all of it.
    expect(previousLive([promote('a'), promote('b'), rollback('x'), promote('c')])).toEqual([]);
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

const artifactHash = '1f3a9c0b'.padEnd(64, '0');
const createdAt = '2026-11-24T23:59:59.999Z';

describe('modelVersion', () => {
  it('shows the day, a number within the day, and the artifact', () => {
    expect(modelVersion({ createdAt, artifactHash, existing: [] })).toBe('m20261124-0001-1f3a9c0b');
  });

  it('goes on from the highest number of the day, whatever else there is', () => {
    const existing = ['m20261124-0009-aaaaaaaa', 'm20261124-0010-bbbbbbbb', 'm20261123-0099-cccccccc'];
    expect(modelVersion({ createdAt, artifactHash, existing })).toBe('m20261124-0011-1f3a9c0b');
    const alone = ['m20261124-0001-aaaaaaaa'];
    expect(modelVersion({ createdAt, artifactHash, existing: alone })).toBe('m20261124-0002-1f3a9c0b');
  });
});
