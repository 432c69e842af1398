import { describe, expect, it } from 'vitest';
import { faults, healthy } from './simulated-release.ts';
import { releasesOf, thinReleases } from './simulated-releases.ts';

// `npm run bench -- canary` simulates 1,000 of each.
describe('simulated releases', () => {
  it('are promoted when they are healthy', async () => {
    expect(await releasesOf(healthy, 10)).toMatchObject({ promoted: 10 });
  });

  it.each(Object.entries(faults))('are rolled back within two intervals: %s', async (_, fault) => {
    const found = await releasesOf(fault, 10);
    expect(found).toMatchObject({ rolledBack: 10, late: 0 });
    expect(found.mostExposure).toBeLessThanOrEqual(1);
  });

  it('are held, whatever happens, with too little traffic', async () => {
    expect(await thinReleases(3)).toEqual({ notHeld: 0 });
  });
});
