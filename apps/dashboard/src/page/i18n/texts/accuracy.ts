/** Texts of the view Accuracy: English, Japanese. */
export const accuracyTexts = {
  'accuracy.empty': [
    'No evaluation yet. Judge the model walk-forward, out of sample:',
    '検証がまだありません。ウォークフォワードで標本外検証を実行してください:',
  ],
  'accuracy.judged': [
    '{from} to {to} · {symbolDays} symbol-days of {symbols} symbols · out of sample, reconstructed in time order',
    '{from} 〜 {to}・{symbols} 銘柄・のべ {symbolDays} 銘柄日・標本外（時系列に再構成）',
  ],
  'accuracy.coverage.chart': ['Coverage over time', '被覆率の推移'],
  'accuracy.coverage.note': [
    'band: objective {low}–{high} for 250 sessions; line: {target}',
    '帯: 250 立会日の目標 {low}〜{high}、線: {target}',
  ],
  'accuracy.cost.chart': ['Width and Winkler score, basis points', '区間の幅と Winkler スコア（bp）'],
  'accuracy.cost.note': ['mean of 60 sessions; lower is better', '60 立会日の平均・小さいほど良い'],
  'accuracy.window': ['{sessions} sessions', '{sessions} 立会日'],
  'accuracy.width': ['mean width', '平均幅'],
  'accuracy.winkler': ['Winkler', 'Winkler'],
  'accuracy.winkler.baseline': ['Winkler of the 250-day quantile', '250 日分位点の Winkler'],
  'accuracy.coverage.interval': ['95 % interval {low} to {high}', '95 % 区間 {low} 〜 {high}'],
  'accuracy.rolling': ['Rolling {sessions}', '移動 {sessions} 立会日'],
  'accuracy.rolling.range': ['{low} to {high} over time', '推移 {low} 〜 {high}'],
  'accuracy.skill.title': ['Skill: 1 − Winkler ÷ Winkler of the baseline', 'スキル: 1 − Winkler ÷ 基準の Winkler'],
  'accuracy.skill.har': ['HAR regression', 'HAR 回帰'],
  'accuracy.skill.rollingQuantile': ['250-day quantile', '250 日分位点'],
  'accuracy.skill.randomWalk': ['Random walk', 'ランダムウォーク'],
  'accuracy.skill.ewma': ['EWMA', 'EWMA'],
  'accuracy.buckets.title': ['Coverage where the mean hides it', '平均に隠れる被覆率（条件別）'],

  'bucket.gap': ['opened from the middle, in half-widths', '始値の中央からの距離（半値幅の倍数）'],
  'bucket.us-move': ['New York, the night before', '前夜のニューヨークの値動き'],
  'bucket.market-move': ['market move, the session before', '前立会日の市場の値動き'],
  'bucket.earnings-season': ['earnings season', '決算発表シーズン'],
  'bucket.results': ['results, as known the evening before', '決算発表（前夜に判明していたもの）'],
  'bucket.in-session': ['in the session', '当日に発表'],
  'bucket.after-last': ['after the last close', '前日引け後に発表'],
  'bucket.inside': ['inside', '期間内'],
  'bucket.outside': ['outside', '期間外'],
  'bucket.none': ['none', 'なし'],

  'accuracy.direction.title': ['Direction', '方向'],
  'accuracy.direction.text': [
    'Direction is close to a coin flip. The promise of {promise} is about the interval, never about the direction.',
    '方向の予測はほぼコイン投げです。{promise} を約束するのは区間であり、方向ではありません。',
  ],
  'accuracy.direction.hitRate': ['hit rate', '方向的中率'],
  'accuracy.direction.alwaysUp': ['always up', '常に上昇'],
  'accuracy.direction.interval': ['{low} to {high}, 95 % over blocks of days', '{low} 〜 {high}（日ブロックの 95 %）'],
  'accuracy.direction.others': ['Rank IC · ICIR · AUC · Brier', '順位 IC・ICIR・AUC・Brier'],
  'accuracy.leak': [
    'LEAK ALARM: the out-of-sample hit rate is above 60 %. Do not trust these figures.',
    'リーク警報: 標本外の方向的中率が 60 % を超えています。これらの数値は信頼できません。',
  ],
  'accuracy.objectives.title': ['Objectives', '目標'],
  'accuracy.held': ['held', '達成'],
  'accuracy.missed': ['missed', '未達'],
  'accuracy.unknown': ['not enough sessions', '立会日数不足'],

  'reports.title': ['Daily reports', '日次レポート'],
  'reports.empty': [
    'No report yet: one is made after each session, at 16:00 Japan time. Now:',
    'レポートはまだありません。各立会日の 16:00（日本時間）に作成されます。今すぐ作成するには:',
  ],
  'reports.inside': ['Inside / judged', '区間内 / 判定済み'],
  'reports.published': ['Published', '公表数'],
  'reports.made': ['Made (JST)', '作成（日本時間）'],
  'reports.superseded': ['revision {revision}, superseded', '旧版（第 {revision} 版）'],

  'accuracy.symbols.title': ['By symbol', '銘柄別'],
  'accuracy.horizons.title': ['Published intervals, by the time of the day', '公表した区間の成績（予測時点別）'],
  'accuracy.horizons.empty': [
    'No forecast within the day has been judged yet. Each is judged after the close of its day.',
    '日中の予測はまだ検証されていません。その日の大引け後に検証されます。',
  ],
  'accuracy.horizons.note': [
    '{times} times of the day, beside the evening before, for the same sessions. Late forecasts are not ' +
      'counted. The closes of one day move together, so a share over few sessions says little.',
    '日中の {times} 時点と、同じ立会日に対する前日夕方の区間です。作成が遅れた予測は数えません。同じ日の終値は連動するため、立会日数が少ないうちの割合は参考程度です。',
  ],

  'breach.demote': ['model demoted', 'モデルを降格'],
  'breach.warning': ['warning', '警告'],
  'breach.page': ['immediate alert', '担当者を呼出'],

  'objective.coverage-250': ['250 sessions, all symbols', '250 立会日・全銘柄'],
  'objective.coverage-60': ['60 sessions, all symbols', '60 立会日・全銘柄'],
  'objective.coverage-20': ['20 sessions, all symbols', '20 立会日・全銘柄'],
  'objective.symbol-coverage-250': ['250 sessions, one symbol', '250 立会日・銘柄ごと'],
} as const;
