import type { ReportLanguage } from '@daytrade/contracts';
import { filled, type Texts, type ValuesOf } from '@daytrade/contracts/translation';
import japanese from './report.ja.json' with { type: 'json' };

export type TextOf<Of extends Texts> = <Key extends keyof Of>(key: Key, ...[values]: ValuesOf<Of[Key]>) => string;

function textsIn<Of extends Texts>(
  english: Of,
  translated: Readonly<Record<keyof Of, string>>,
  language: ReportLanguage,
): TextOf<Of> {
  const texts = language === 'en' ? english : translated;
  return (key, ...[values]) => filled(texts[key], values);
}

export const dailyTextsIn = (language: ReportLanguage): TextOf<typeof dailyTexts> =>
  textsIn(dailyTexts, japanese.daily, language);

export const tearSheetTextsIn = (language: ReportLanguage): TextOf<typeof tearSheetTexts> =>
  textsIn(tearSheetTexts, japanese.tearSheet, language);

export const dailyTexts = {
  title: 'Daily report of {session}',
  made: 'made {at} JST, revision {revision}',
  synthetic: 'SYNTHETIC',
  syntheticText: 'Invented symbols on a simulated exchange: no real company, no real price.',
  promise:
    '{promise} is the share of closes that the intervals promise to hold. It is not a share of right directions.',
  noProfit: 'Nothing on this page says that trading by it would earn money.',

  today: 'The session',
  insideOf: '{inside} of {judged} closes inside',
  published: '{result}; {published} intervals published.',
  unjudged: '{symbols} without a close yet: a later revision replaces this one when it comes.',
  noneJudged: 'no close is known yet',
  allLate: 'Every interval for this session was made after the open: none counts.',
  nonePublished: 'No interval was published for this session.',

  coverage: 'Coverage',
  coverageNote:
    'If every close were inside independently with the promised share, the share would lie in the band in 95 of 100 ' +
    'cases. Symbols of one day move together, so a single day is outside more often.',
  leftOut:
    'Of the intervals published in time {unjudged} have no close; sessions without intervals: {missing}; closes ' +
    'restated after the judgement: {restated}.',
  window: 'Window',
  windowOf: '{sessions} sessions',
  theDay: 'this session',
  notFull: '{sessions} so far',
  counts: 'Inside / judged',
  band: 'Band',
  verdict: 'Place',
  below: 'below the band',
  within: 'in the band',
  above: 'above the band',
  curve: 'Coverage of the newest {sessions} judged sessions',
  curveDay: 'one session, with its band',
  curveTwenty: 'over 20 sessions',
  curveTarget: 'promise, {promise}',

  predictions: 'Predictions and what happened',
  predictionsNote:
    'The bar is the interval and the mark is the close, both as distance from the last close, on one scale for all ' +
    'symbols.',
  symbol: 'Symbol',
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
  scale: 'The edges of the plot are −{reach} and +{reach} from the last close.',
  basis: 'Price basis',
  traded: 'as traded',
  'split-adjusted': 'adjusted for splits',
  'fully-adjusted': 'adjusted for splits and dividends',
  basisOfAll: 'Prices in yen, {basis}.',
  notQuotable: 'Adjusted prices cannot be quoted as orders.',

  withinDay: 'Within the day',
  withinDayNote:
    'Each time of the day has its own forecast of the same close, from what was known by then. Forecasts made after ' +
    'their time do not count.',
  time: 'Time',
  open: 'open',
  publishedInDay: 'Published',
  lateInDay: 'Late',

  width: 'Mean width',

  quality: 'Data quality',
  barsAge: 'Newest bar {newest}, {behind} finished sessions behind.',
  noBars: 'There are no bars.',
  stale: '{stale} of {symbols} symbols in use have no bar of this session.',
  staleMore: 'and {more} more',
  lastBar: 'Last bar',
} as const;

export const tearSheetTexts = {
  title: 'Backtest of {strategy}',
  yen: '{amount}\u00a0yen',
  loses: 'It does not beat its costs: {net} after costs.',
  'may be luck': 'It is not shown to beat its costs: {net} after costs may be luck.',
  'beats its costs':
    'In these sessions it beat its costs: {net} after costs. The result does not predict other sessions.',
  unclear: 'The bars do not tell: {net} to {best} after costs, by what came first in a bar. 5-minute bars tell more.',
  synthetic: dailyTexts.synthetic,
  syntheticText: dailyTexts.syntheticText,
  adjusted:
    'Some prices are adjusted for splits or dividends: they have no ticks and no daily limits, and lots are counted ' +
    'at adjusted prices.',
  shorts:
    'Short sales: {shorts}. Every symbol counts as one that can be borrowed, without a premium: the bars do not tell.',
  everySymbol: 'Every symbol with bars, at all sessions: delisted symbols are missing unless their bars were imported.',
  ofItsTime: 'Universe of its time: the members of {universe} at each session, known from {from} on.',
  withoutBars: 'Members of these sessions without bars: {members}. The figures are without them.',
  span: '{from} to {to}: {sessions} sessions, {symbols} symbols',
  cash: 'cash account',
  margin: 'margin account',
  'day-margin': 'margin account, closed every day',
  equity: 'Equity',
  equityLabel: 'Yen at each close, before and after costs',
  drawdown: 'Drawdown, after costs',
  before: 'before costs',
  after: 'after costs',
  result: 'Result',
  profit: 'Profit, yen',
  returned: 'Return',
  sharpe: 'Annual Sharpe ratio',
  deepest: 'Maximum drawdown',
  luck: 'Luck',
  deflated: 'Chance of more than luck, trials: {trials} (deflated Sharpe ratio)',
  overfitting: 'Chance that the best parameters are below the median later (PBO)',
  costs: 'Costs, yen',
  commission: 'Commission',
  spread: 'Half of the spread',
  impact: 'Market impact',
  interest: 'Interest',
  lendingFee: 'Lending fee',
  penalty: 'Positions carried over the close of a day account',
  total: 'Total',
  paid: 'Paid per yen of turnover',
  breakEven: 'Break-even costs',
  trading: 'Trading',
  trades: 'Trades',
  wins: 'Winners, before costs',
  dividends: 'Dividends, yen',
  tax: 'Tax of 20.315 % on the profit after costs, yen: not taken',
  exposure: 'Exposure, of the equity',
  turnover: 'Turnover, yen',
  capacity: 'Capacity, yen: its impact takes all of the profit',
  ambiguous: 'Orders for which the bars do not tell what came first; the worse counts',
  byDay: 'daily bars',
  byFiveMinutes: '5-minute bars',
  refused: 'Refused orders',
  'refused lot': 'not whole lots',
  'refused money': 'not enough money',
  'refused same money': 'same money twice',
  'refused short in cash': 'short sale on a cash account',
  'refused short-sale rule': 'price restriction on short sales',
  'refused position': 'limit of a position',
  'refused exposure': 'limit of all positions',
  'refused halted': 'after the halt',
  'refused no price': 'no price',
  'refused not traded': 'not traded',
  halted: 'Trading stopped on {session}: {reason}.',
  baselines: 'Comparison',
  'baseline always-long': 'the most traded symbols, every day',
  'baseline topix': 'TOPIX',
  'baseline nikkei225': 'Nikkei 225',
  name: 'Strategy',
  parameters: 'Parameters',
  chosen: 'Chosen in time order, each time on the 250 sessions before.',
  fixed: 'Not chosen: as given, or the defaults.',
  fromWhen: 'From',
  reproducedBy: 'Data, settings and version: {hash}',
  noProfit: 'Past trades are simulated, and nothing here says that trading so would earn money.',
} as const;
