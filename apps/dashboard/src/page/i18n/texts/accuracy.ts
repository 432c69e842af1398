/** Texts of the view Accuracy. */
export const accuracyTexts = {
  'accuracy.empty': 'No evaluation yet. Judge the model walk-forward, out of sample:',
  'accuracy.judged':
    '{from} to {to} · {symbolDays} symbol-days of {symbols} symbols · out of sample, reconstructed in time order',
  'accuracy.coverage.chart': 'Coverage over time',
  'accuracy.coverage.note': 'band: objective {low}–{high} for 250 sessions; line: {target}',
  'accuracy.cost.chart': 'Width and Winkler score, basis points',
  'accuracy.cost.note': 'mean of 60 sessions; lower is better',
  'accuracy.window': '{sessions} sessions',
  'accuracy.width': 'mean width',
  'accuracy.winkler': 'Winkler',
  'accuracy.winkler.baseline': 'Winkler of the 250-day quantile',
  'accuracy.coverage.interval': '95 % interval {low} to {high}',
  'accuracy.rolling': 'Rolling {sessions}',
  'accuracy.rolling.range': '{low} to {high} over time',
  'accuracy.skill.har': 'HAR regression',
  'accuracy.skill.rollingQuantile': '250-day quantile',

  'bucket.gap': 'opened from the middle, in half-widths',
  'bucket.us-move': 'New York, the night before',
  'bucket.market-move': 'market move, the session before',
  'bucket.earnings-season': 'earnings season',
  'bucket.results': 'results, as known the evening before',
  'bucket.in-session': 'in the session',
  'bucket.after-last': 'after the last close',
  'bucket.inside': 'inside',
  'bucket.outside': 'outside',
  'bucket.none': 'none',

  'accuracy.direction.title': 'Direction',
  'accuracy.direction.text':
    'Direction is close to a coin flip. The promise of {promise} is about the interval, never about the direction.',
  'accuracy.direction.hitRate': 'hit rate',
  'accuracy.direction.alwaysUp': 'always up',
  'accuracy.direction.interval': '{low} to {high}, 95 % over blocks of days',
  'accuracy.leak': 'LEAK ALARM: the out-of-sample hit rate is above 60 %. Do not trust these figures.',
  'accuracy.objectives.title': 'Objectives',
  'accuracy.held': 'held',
  'accuracy.missed': 'missed',
  'accuracy.unknown': 'not enough sessions',

  'reports.title': 'Daily reports',
  'reports.empty': 'No report yet: one is made after each session, at 16:00 Japan time. Now:',
  'reports.inside': 'Inside / judged',
  'reports.published': 'Published',
  'reports.made': 'Made (JST)',
  'reports.superseded': 'revision {revision}, superseded',

  'accuracy.symbols.title': 'By symbol',
  'accuracy.horizons.empty':
    'No forecast within the day has been judged yet. Each is judged after the close of its day.',
  'reliability.title': 'Reliability: promised and observed coverage',
  'reliability.note':
    'Axis from 88 % to 98 %: the line is the promise of {target}, the band the objective of 250 sessions. Closes of ' +
    'one day move together, so a share over few sessions says little. Late forecasts are not counted.',
  'reliability.all': 'all',
  'reliability.reconstructed': 'reconstructed in time order',
  'reliability.year': 'year',
  'reliability.published': 'published, by the time of the day',
  'reliability.axis': 'Observed',
  'reliability.difference': 'To the promise',

  'breach.demote': 'model demoted',
  'breach.warning': 'warning',
  'breach.page': 'immediate alert',

  'objective.coverage-250': '250 sessions, all symbols',
  'objective.coverage-60': '60 sessions, all symbols',
  'objective.coverage-20': '20 sessions, all symbols',
  'objective.symbol-coverage-250': '250 sessions, one symbol',
} as const;
