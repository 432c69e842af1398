import { judgeCoverage, usualCanary } from '@daytrade/canary';
import { deriveSeed, seededRandom } from '@daytrade/series';
import type { PlainTable } from '../harness/result.ts';
import { SimulatedPredictions } from './simulated-predictions.ts';
import { faults, healthy } from './simulated-release.ts';

const sessionCounts = [1, 2, 5, 10, 20, 40, 60];
const looks = 5;

/** What closes alone show, after how many sessions: the share of releases whose coverage is called bad, or good. */
export function coverageAlone(count: number): PlainTable {
  const falseAlarm = usualCanary.falseRollback / 5 / (looks * (looks + 1));
  const chances = { falseAlarm, missed: usualCanary.missed };
  const row = (sessions: number) => {
    const found = { bad: 0, good: 0, healthyBad: 0, healthyGood: 0 };
    for (let seed = 1; seed <= count; seed += 1) {
      const verdictOf = (fault: typeof healthy) => {
        const { closed } = new SimulatedPredictions(seededRandom(deriveSeed(seed, 3)), sessions, fault);
        return judgeCoverage(closed, usualCanary, chances).verdict;
      };
      const narrow = verdictOf(faults['intervals 40 % too narrow']);
      if (narrow === 'bad') found.bad += 1;
      if (narrow === 'good') found.good += 1;
      const well = verdictOf(healthy);
      if (well === 'bad') found.healthyBad += 1;
      if (well === 'good') found.healthyGood += 1;
    }
    const share = (part: number) => `${((100 * part) / count).toFixed(1)} %`;
    return [String(sessions), ...[found.bad, found.good, found.healthyBad, found.healthyGood].map(share)];
  };
  return {
    title: 'Coverage alone, without the widths: what closes show',
    header: ['sessions', '40 % narrower: bad', '40 % narrower: good', 'healthy: bad', 'healthy: good'],
    rows: sessionCounts.map(row),
  };
}
