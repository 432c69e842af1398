import { usualCanary } from '@daytrade/canary';
import { type Comparison, compare, type PlainTable, type SuiteFindings } from '../harness/result.ts';
import { quantile } from '../harness/statistics.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { coverageAlone } from './coverage-alone.ts';
import { faults, healthy } from './simulated-release.ts';
import { releasesOf, type SimulatedReleases, thinReleases } from './simulated-releases.ts';

const none = { sense: 'at most', must: 0 } as const;
const atMostOne = { sense: 'at most', must: 1 } as const;

const notes = [
  'Simulated: errors in outages of both versions and of each alone, latency with a Pareto tail under a load that ' +
    'wanders, a canary that is slow when it has just started, gateways that deal out in turn, bars that come in ' +
    'while a version is asked. Half of the healthy releases have a model that was trained again, which moves ' +
    'symbols, sectors and the whole market. Each release has 5,500 to 60,000 requests in an interval, 20 to 300 ' +
    'symbols and closes of 0 to 10 days.',
  'A bad release counts as missed when it is promoted; as late when it is decided after the second interval.',
];

/** How often the judge of a canary is wrong, and how long it takes. */
export async function judgeReleases({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const count = quick ? 20 : 1_000;
  progress(`${count} healthy releases`);
  const well = await releasesOf(healthy, count);
  const bad = new Map<string, SimulatedReleases>();
  for (const [name, fault] of Object.entries(faults)) {
    progress(`${count} with ${name}`);
    bad.set(name, await releasesOf(fault, count));
  }
  progress(`${count} with too little traffic`);
  const thin = await thinReleases(count);
  return {
    comparisons: [
      share('Healthy, rolled back', well.rolledBack, count, atMostOne),
      ...[...bad].flatMap(([name, releases]) => badRows(name, releases, count)),
      share('Too little traffic, anything but hold', thin.notHeld, count, none),
    ],
    tables: [lengths(new Map([['healthy', well], ...bad])), coverageAlone(quick ? 50 : 1_000)],
    notes,
    skipped: [],
  };
}

function badRows(name: string, releases: SimulatedReleases, count: number): readonly Comparison[] {
  return [
    share(`Missed: ${name}`, releases.promoted, count, atMostOne),
    share(`Late: ${name}`, releases.late, count, atMostOne),
    compare({
      name: `Most exposure beyond the step's weight: ${name}`,
      unit: 'of the requests of an interval',
      figure: releases.mostExposure,
      kind: 'share',
      bar: atMostOne,
    }),
  ];
}

function share(name: string, part: number, count: number, bar: Comparison['bar'] & object): Comparison {
  const note = `${part} of ${count}`;
  return compare({ name, unit: 'of releases', figure: (100 * part) / count, kind: 'share', bar, note });
}

function lengths(kinds: ReadonlyMap<string, SimulatedReleases>): PlainTable {
  return {
    title: `Intervals of ${usualCanary.interval} s until a decision; steps of ${usualCanary.stepWeight} %`,
    header: ['release', 'median', '99 %', 'most'],
    rows: [...kinds].map(([name, { intervals }]) => [
      name,
      ...[0.5, 0.99, 1].map((part) => String(quantile(intervals, part))),
    ]),
  };
}
