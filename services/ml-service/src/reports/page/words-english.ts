import { targetInWords } from '@daytrade/contracts';

/** Every text of the report in English; the Japanese words have the same names. */
export const english = {
  language: 'en',
  title: (session: string) => `Daily report of ${session}`,
  made: (at: string, revision: number) => `made ${at} JST, revision ${revision}`,
  synthetic: 'SYNTHETIC',
  syntheticText: 'Invented symbols on a simulated exchange: no real company, no real price.',
  promise:
    `${targetInWords} is the share of closes that the intervals promise to hold. It is not a share of ` +
    'right directions.',
  noProfit: 'Nothing on this page says that trading by it would earn money.',
  nothing: 'Nothing',

  today: 'The session',
  insideOf: (inside: string, judged: string) => `${inside} of ${judged} closes inside`,
  published: (result: string, published: string) => `${result}; ${published} intervals published.`,
  unjudged: (symbols: string) =>
    `${symbols} without a close yet: a later revision takes the place of this one when it comes.`,
  noneJudged: 'no close is known yet',
  allLate: 'Every interval for this session was made after the open: none counts.',
  nonePublished: 'No interval was published for this session.',

  coverage: 'Coverage',
  coverageNote:
    'The band holds the share in 95 of 100 cases if each close were inside by itself with the ' +
    'promised share. Symbols of one day move together, so a day lies outside of it more often.',
  leftOut: (unjudged: string, missing: string, restated: string) =>
    `Of the intervals published in time ${unjudged} have no close; sessions without intervals: ${missing}; closes ` +
    `restated after the judgement: ${restated}.`,
  window: 'Window',
  windowOf: (sessions: string) => `${sessions} sessions`,
  theDay: 'this session',
  notFull: (sessions: string) => `${sessions} so far`,
  share: 'Coverage',
  counts: 'Inside / judged',
  band: 'Band',
  verdict: 'Place',
  below: 'below the band',
  within: 'in the band',
  above: 'above the band',
  curve: (sessions: number) => `Coverage of the newest ${sessions} judged sessions`,
  curveDay: 'one session, with its band',
  curveTwenty: 'over 20 sessions',
  curveTarget: `promise, ${targetInWords}`,

  predictions: 'Predictions and what happened',
  predictionsNote:
    'The bar is the interval and the mark is the close, both as distance from the last close, on one ' +
    'scale for all symbols.',
  symbol: 'Symbol',
  name: 'Name',
  lastClose: 'Last close',
  interval: 'Interval',
  close: 'Close',
  outcome: 'Outcome',
  inside: 'inside',
  outsideBelow: 'outside, below',
  outsideAbove: 'outside, above',
  noClose: 'no close',
  late: 'made after the open: does not count',
  plot: 'Plot',
  stripOf: (symbol: string, outcome: string) => `${symbol}: ${outcome}`,
  scale: (reach: string) => `The edges of the plot are −${reach} and +${reach} from the last close.`,
  basis: 'Price basis',
  bases: {
    traded: 'as traded',
    'split-adjusted': 'adjusted for splits',
    'fully-adjusted': 'adjusted for splits and dividends',
  },
  basisOfAll: (basis: string) => `Prices in yen, ${basis}.`,
  notQuotable: 'Adjusted prices cannot be quoted as orders.',

  withinDay: 'Within the day',
  withinDayNote:
    'Each time of the day has its own forecast of the same close, from what was known by then. Forecasts that were ' +
    'made after their time was over count for nothing.',
  time: 'Time',
  timeOfDay: (horizon: string) => (horizon === 'close@open' ? 'open' : horizon.slice('close@'.length)),
  publishedInDay: 'Published',
  lateInDay: 'Late',

  direction: 'Direction',
  skill: 'skill measured',
  noSkill: 'no skill measured',
  noSkillText: (low: string, high: string, alwaysUp: string) =>
    `The hit rate of the newest evaluation lies between ${low} and ${high} (95 % interval); saying ` +
    `"up" each day hits ${alwaysUp}. Do not act on the directions.`,
  skillText: (value: string, low: string, high: string, alwaysUp: string) =>
    `Hit rate ${value} in the newest evaluation (95 % interval ${low} to ${high}); saying "up" each ` +
    `day hits ${alwaysUp}.`,
  noEvaluation: 'No evaluation yet: nothing was measured.',

  sharpness: 'Sharpness',
  sharpnessNote: (from: string, to: string, symbolDays: string) =>
    `Walk-forward, ${from} to ${to}, ${symbolDays} symbol-days. The Winkler score adds to the width ` +
    'what misses cost; smaller is better.',
  widthToday: (width: string) => `Mean width of this session's intervals: ${width}.`,
  method: 'Method',
  methodPublished: 'published',
  width: 'Mean width',
  winkler: 'Winkler score',

  quality: 'Data quality',
  barsAge: (newest: string, behind: string) => `Newest bar ${newest}, ${behind} finished sessions behind.`,
  noBars: 'There are no bars.',
  stale: (stale: string, symbols: string) => `${stale} of ${symbols} symbols in use have no bar of this session.`,
  staleMore: (more: string) => `and ${more} more`,
  lastBar: 'Last bar',
  reason: 'Reason',
  severity: 'Severity',
  severities: { quarantined: 'kept out', warning: 'warning' },
  rows: 'Rows',
  added: 'New',
  addedNote: 'New: more than at the report of the session before.',
  noReasons: 'The quality gate holds no rows.',

  runs: 'Runs of the day',
  job: 'Job',
  succeeded: 'Succeeded',
  failed: 'Failed',
  retried: 'Retried',
  longest: 'Longest',
  noRuns: 'Nothing ran on this day.',
  failures: 'Failed runs',
  attempt: (attempt: number) => `attempt ${attempt}`,

  model: 'Live model',
  modelText: (since: string, trainedTo: string) => `live since ${since} JST, trained on bars up to ${trainedTo}`,
  noModel: 'No model is live.',
};

/** The texts of a language. */
export type Words = typeof english;
