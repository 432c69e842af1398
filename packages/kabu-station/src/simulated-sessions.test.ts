import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { withoutFaults } from './testing/faults.ts';
import { simulateSession } from './testing/simulated-session.ts';

/** `npm run bench -- kabu` runs 10,000. */
const sessions = 25;

describe('sessions against the simulator of the broker, with its faults at random', () => {
  it('send nothing twice, break no limit, and end flat or halted', { tags: ['long'] }, async () => {
    const wrong: string[] = [];
    const seen = { sent: 0, fills: 0, crashes: 0, halts: 0 };
    for (let seed = 0; seed < sessions; seed += 1) {
      const found = await simulateSession(seededRandom(seed));
      if (found.duplicates > 0) wrong.push(`${seed}: ${found.duplicates} duplicates`);
      wrong.push(...found.breaches.map((breach) => `${seed}: ${breach}`));
      if (found.end === 'neither') wrong.push(`${seed}: neither flat nor halted`);
      if ((found.lossToHalt ?? 0) > 60_000) wrong.push(`${seed}: halted ${found.lossToHalt} ms after the loss`);
      if (found.whyNotFlat === 'other') wrong.push(`${seed}: held a minute after the halt`);
      seen.sent += found.sent;
      seen.fills += found.fills;
      seen.crashes += found.crashes;
      seen.halts += found.halted === undefined ? 0 : 1;
    }
    expect(wrong).toEqual([]);
    // Otherwise nothing was tried.
    expect(Object.values(seen).every((count) => count > 5)).toBe(true);
  });

  it('without any fault send what was decided, and are flat at the close', { tags: ['long'] }, async () => {
    const random = seededRandom(3);
    const found = Array.from({ length: 5 }, () => simulateSession(random, withoutFaults));
    for (const { duplicates, breaches, end, crashes } of await Promise.all(found)) {
      expect({ duplicates, breaches, end, crashes }).toEqual({ duplicates: 0, breaches: [], end: 'flat', crashes: 0 });
    }
  });
});
