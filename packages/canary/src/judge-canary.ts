import { phaseAt } from '@daytrade/market';
import type { CanaryInterval } from './canary-interval.ts';
import type { CanarySettings } from './canary-settings.ts';
import { judgeCoverage } from './criteria/coverage.ts';
import { judgeErrors } from './criteria/errors.ts';
import { judgeLatency } from './criteria/latency.ts';
import { comparedPairs, judgePredictions, judgeWidth } from './criteria/predictions.ts';
import { judgeStaleness } from './criteria/staleness.ts';
import { recentTraffic } from './criteria/traffic.ts';
import type { Finding } from './finding.ts';
import { spentAlpha } from './statistics/spent-alpha.ts';

/** What is to be done with a canary, with the reason in words and figures. */
export type Decision = {
  readonly reason: string;
  readonly findings: readonly Finding[];
} & (
  | { readonly action: 'promote' | 'hold' | 'roll-back' }
  | { readonly action: 'advance' /** Percent. */; readonly weight: number }
);

/** Criteria that may call a release bad by a test of chance: they share what may be spent. */
const testedCriteria = 5;

/**
 * Judges a release by all its intervals so far, the newest last: roll back as soon as one criterion is bad, go on when
 * every one is good, wait otherwise. With too little traffic it waits, whatever else was found; without predictions it
 * never goes on; within a trading session it does not promote.
 *
 * The chance that a healthy release is ever rolled back by a test is at most `settings.falseRollback`, however many
 * intervals it takes, as far as observations are not more alike than `settings.clustering` says.
 *
 * @param forced whether a promotion within a trading session is wanted all the same
 */
export function judgeCanary(
  history: readonly CanaryInterval[],
  settings: CanarySettings,
  { forced = false }: { readonly forced?: boolean } = {},
): Decision {
  const newest = history.at(-1);
  if (newest === undefined) return { action: 'hold', reason: 'nothing was measured yet', findings: [] };
  const findings = findingsOf(history, settings);
  const decide = (action: 'promote' | 'hold' | 'roll-back', reason: string): Decision => ({ action, reason, findings });
  const textOf = (found: readonly Finding[]) => found.map(({ text }) => text).join('; ');

  const few = tooFewRequests(newest, settings);
  if (few !== undefined) return decide('hold', few);
  const bad = findings.filter(({ verdict }) => verdict === 'bad');
  if (bad.length > 0) return decide('roll-back', textOf(bad));
  const lacking = lackingIn(findings);
  if (lacking !== undefined) return decide('hold', lacking.text);
  const open = openOf(findings);
  if (open.length > 0) {
    const waited = undecided(history, settings);
    if (waited < settings.threshold) return decide('hold', `not yet certain: ${textOf(open)}`);
    return decide('roll-back', `not certain after ${waited} intervals with enough traffic: ${textOf(open)}`);
  }
  if (newest.weight < settings.maxWeight) {
    const weight = Math.min(newest.weight + settings.stepWeight, settings.maxWeight);
    return { action: 'advance', weight, reason: textOf(findings), findings };
  }
  const { phase } = phaseAt(newest.endedAt);
  if (!forced && ['morning', 'lunch', 'afternoon', 'pre-closing'].includes(phase)) {
    return decide('hold', `ready, but not promoted within a trading session (${phase})`);
  }
  return decide('promote', textOf(findings));
}

function findingsOf(history: readonly CanaryInterval[], settings: CanarySettings): readonly Finding[] {
  const newest = history.at(-1)!;
  const falseAlarm = spentAlpha(settings.falseRollback / testedCriteria, history.length);
  const chances = { falseAlarm, missed: settings.missed };
  const traffic = recentTraffic(history);
  const pairs = comparedPairs(newest.pairs);
  const coverage = judgeCoverage(newest.closed, settings, chances);
  return [
    judgeErrors(traffic, settings, chances),
    judgeLatency(traffic, settings, chances),
    judgePredictions(pairs, settings, chances),
    vindicated(judgeWidth(pairs, settings, chances), coverage),
    coverage,
    judgeStaleness(history, settings),
  ];
}

/** Intervals may be narrower where enough closes show that they miss no more for it. */
function vindicated(width: Finding, coverage: Finding): Finding {
  if (width.verdict === 'none' || coverage.verdict !== 'good' || !width.text.includes('narrower')) return width;
  return { ...width, verdict: 'good' };
}

/** Which version had too little traffic, in words. */
function tooFewRequests(newest: CanaryInterval, settings: CanarySettings): string | undefined {
  for (const [version, name] of [
    ['canary', 'canary'],
    ['stable', 'stable version'],
  ] as const) {
    const { requests } = newest[version];
    if (requests < settings.minRequests) {
      return `too little traffic: ${requests} requests to the ${name}, ${settings.minRequests} are needed`;
    }
  }
  return undefined;
}

/** What had nothing to compare. */
function lackingIn(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ verdict, criterion }) => verdict === 'none' && criterion !== 'coverage');
}

/** How many intervals in a row, up to the newest, had enough traffic and decided nothing; at most the threshold. */
function undecided(history: readonly CanaryInterval[], settings: CanarySettings): number {
  let count = 0;
  while (count < settings.threshold && count < history.length) {
    const until = history.slice(0, history.length - count);
    if (tooFewRequests(until.at(-1)!, settings) !== undefined) break;
    const findings = findingsOf(until, settings);
    if (lackingIn(findings) !== undefined || openOf(findings).length === 0) break;
    count += 1;
  }
  return count;
}

/** What keeps a release from going on: of coverage there is seldom enough in the days that a release has. */
function openOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ verdict, criterion }) => verdict === 'open' && criterion !== 'coverage');
}
