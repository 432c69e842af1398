import { type ReportLanguage, targetInWords } from '@daytrade/contracts';

/** Texts of a page by key: English, Japanese. `{name}` stands for a value, `{promise}` for the promised coverage. */
type Texts = Readonly<Record<string, readonly [english: string, japanese: string]>>;

type Names<Text extends string> = string extends Text
  ? string
  : Text extends `${string}{${infer Name}}${infer Rest}`
    ? Exclude<Name, 'promise'> | Names<Rest>
    : never;
type Values<Text extends string> = string extends Text
  ? [values?: Readonly<Record<string, string | number>>]
  : [Names<Text>] extends [never]
    ? []
    : [values: Readonly<Record<Names<Text>, string | number>>];

/** Returns a text with its values filled in. */
export type TextOf<Of extends Texts> = <Key extends keyof Of>(key: Key, ...[values]: Values<Of[Key][0]>) => string;

/** Returns the texts of a page in a language. */
export function textsIn<Of extends Texts>(texts: Of, language: ReportLanguage): TextOf<Of> {
  return (key, ...[values]) => {
    const given: Readonly<Record<string, string | number>> = { promise: targetInWords, ...values };
    return texts[key]![language === 'en' ? 0 : 1].replace(/\{(\w+)\}/g, (_, name: string) => `${given[name]}`);
  };
}

export const dailyTexts = {
  title: ['Daily report of {session}', '{session} の日次レポート'],
  made: ['made {at} JST, revision {revision}', '{at} 作成（日本時間）、第 {revision} 版'],
  synthetic: ['SYNTHETIC', '合成データ'],
  syntheticText: [
    'Invented symbols on a simulated exchange: no real company, no real price.',
    '架空の取引所の架空の銘柄です。実在の会社や価格ではありません。',
  ],
  promise: [
    '{promise} is the share of closes that the intervals promise to hold. It is not a share of right directions.',
    '{promise} は、終値が予測区間に入る割合として約束している値です。方向が当たる割合ではありません。',
  ],
  noProfit: [
    'Nothing on this page says that trading by it would earn money.',
    'このレポートは、売買で利益が出ることを示すものではありません。',
  ],

  today: ['The session', 'この立会日'],
  insideOf: ['{inside} of {judged} closes inside', '終値 {judged} 件のうち {inside} 件が区間内'],
  published: ['{result}; {published} intervals published.', '{result}（公開した区間 {published} 件）'],
  unjudged: [
    '{symbols} without a close yet: a later revision replaces this one when it comes.',
    '{symbols} 銘柄は終値がまだありません。届きしだい、新しい版で置き換えます。',
  ],
  noneJudged: ['no close is known yet', '終値はまだ届いていません'],
  allLate: [
    'Every interval for this session was made after the open: none counts.',
    'この立会日の区間はすべて寄り付き後に作成されたため、集計の対象外です。',
  ],
  nonePublished: ['No interval was published for this session.', 'この立会日に向けて公開した区間はありません。'],

  coverage: ['Coverage', '被覆率'],
  coverageNote: [
    'If every close were inside independently with the promised share, the share would lie in the band in 95 of 100 ' +
      'cases. Symbols of one day move together, so a single day is outside more often.',
    '帯は、各銘柄が互いに独立に約束どおりの割合で区間に入るとした場合に、割合が 95 % の確率で収まる範囲です。' +
      '同じ日の銘柄は一緒に動くため、1 日だけを見ると帯の外に出ることが多くなります。',
  ],
  leftOut: [
    'Of the intervals published in time {unjudged} have no close; sessions without intervals: {missing}; closes ' +
      'restated after the judgement: {restated}.',
    '寄り付き前に公表した区間のうち、終値がないもの {unjudged} 件。公表のない立会日 {missing} 日。' +
      '判定後に訂正された終値 {restated} 件。',
  ],
  window: ['Window', '期間'],
  windowOf: ['{sessions} sessions', '{sessions} 立会日'],
  theDay: ['this session', 'この立会日'],
  notFull: ['{sessions} so far', '現在 {sessions} 日分'],
  counts: ['Inside / judged', '区間内 / 判定済み'],
  band: ['Band', '帯'],
  verdict: ['Place', '位置'],
  below: ['below the band', '帯より下'],
  within: ['in the band', '帯の中'],
  above: ['above the band', '帯より上'],
  curve: ['Coverage of the newest {sessions} judged sessions', '直近 {sessions} 立会日（判定済み）の被覆率'],
  curveDay: ['one session, with its band', '1 立会日とその帯'],
  curveTwenty: ['over 20 sessions', '20 立会日'],
  curveTarget: ['promise, {promise}', '約束 {promise}'],

  predictions: ['Predictions and what happened', '予測と結果'],
  predictionsNote: [
    'The bar is the interval and the mark is the close, both as distance from the last close, on one scale for all ' +
      'symbols.',
    '棒は区間、印は終値です。どちらも前日終値からの距離で、全銘柄に同じ目盛りを使っています。',
  ],
  symbol: ['Symbol', '銘柄'],
  lastClose: ['Last close', '前日終値'],
  interval: ['Interval', '区間'],
  close: ['Close', '終値'],
  outcome: ['Outcome', '結果'],
  inside: ['inside', '区間内'],
  outsideBelow: ['outside, below', '区間外（下）'],
  outsideAbove: ['outside, above', '区間外（上）'],
  noClose: ['no close', '終値なし'],
  late: ['made after the open: does not count', '寄り付き後に作成（集計対象外）'],
  plot: ['Plot', '図'],
  scale: [
    'The edges of the plot are −{reach} and +{reach} from the last close.',
    '図の両端は前日終値から −{reach} と +{reach} です。',
  ],
  basis: ['Price basis', '価格の種類'],
  traded: ['as traded', '実際の取引価格'],
  'split-adjusted': ['adjusted for splits', '株式分割を調整した価格'],
  'fully-adjusted': ['adjusted for splits and dividends', '株式分割と配当を調整した価格'],
  basisOfAll: ['Prices in yen, {basis}.', '単位は円、{basis}です。'],
  notQuotable: ['Adjusted prices cannot be quoted as orders.', '調整後の価格は、注文の指値には使えません。'],

  withinDay: ['Within the day', '日中の予測'],
  withinDayNote: [
    'Each time of the day has its own forecast of the same close, from what was known by then. Forecasts made after ' +
      'their time do not count.',
    '時刻ごとに、その時点で分かっていることから同じ日の終値を予測しています。' +
      '時刻を過ぎてから作成した予測は集計の対象外です。',
  ],
  time: ['Time', '時刻'],
  open: ['open', '寄り付き'],
  publishedInDay: ['Published', '公開'],
  lateInDay: ['Late', '遅れ'],

  direction: ['Direction', '方向'],
  skill: ['skill measured', '予測力を確認'],
  noSkill: ['no skill measured', '予測力は未確認'],
  noSkillText: [
    'The hit rate of the newest evaluation lies between {low} and {high} (95 % interval); saying "up" each day hits ' +
      '{alwaysUp}. Do not act on the directions.',
    '最新の検証での方向的中率は {low}〜{high}（95 % 区間）、毎日「上昇」と答えた場合は {alwaysUp} です。' +
      '方向をもとに売買しないでください。',
  ],
  skillText: [
    'Hit rate {value} in the newest evaluation (95 % interval {low} to {high}); saying "up" each day hits {alwaysUp}.',
    '最新の検証での方向的中率は {value}（95 % 区間 {low}〜{high}）、毎日「上昇」と答えた場合は {alwaysUp} です。',
  ],
  noEvaluation: ['No evaluation yet: nothing was measured.', '検証がまだ無いため、何も測定されていません。'],

  sharpness: ['Sharpness', '区間の鋭さ'],
  sharpnessNote: [
    'Walk-forward, {from} to {to}, {symbolDays} symbol-days. The Winkler score is the width plus the cost of misses; ' +
      'smaller is better.',
    'ウォークフォワード検証、{from}〜{to}、{symbolDays} 銘柄日。' +
      'Winkler スコアは幅に外れの損失を加えたもので、小さいほど良い値です。',
  ],
  widthToday: ["Mean width of this session's intervals: {width}.", 'この立会日の区間の平均幅: {width}。'],
  method: ['Method', '方法'],
  methodPublished: ['published', '公開したもの'],
  width: ['Mean width', '平均幅'],
  winkler: ['Winkler score', 'Winkler スコア'],

  quality: ['Data quality', 'データの品質'],
  barsAge: [
    'Newest bar {newest}, {behind} finished sessions behind.',
    '最新の足は {newest}、終了した立会日に対して {behind} 日遅れです。',
  ],
  noBars: ['There are no bars.', '足がありません。'],
  stale: [
    '{stale} of {symbols} symbols in use have no bar of this session.',
    '使用中の {symbols} 銘柄のうち {stale} 銘柄に、この立会日の足がありません。',
  ],
  staleMore: ['and {more} more', 'ほか {more} 銘柄'],
  lastBar: ['Last bar', '最後の足'],

  model: ['Live model', '稼働中のモデル'],
  modelText: [
    'live since {since} JST, trained on bars up to {trainedTo}',
    '{since}（日本時間）から稼働、{trainedTo} までの足で学習',
  ],
  noModel: ['No model is live.', '稼働中のモデルはありません。'],
} as const satisfies Texts;

export const tearSheetTexts = {
  title: ['Backtest of {strategy}', '{strategy} のバックテスト'],
  yen: ['{amount}\u00a0yen', '{amount}\u00a0円'],
  loses: ['It does not beat its costs: {net} after costs.', 'コストに勝っていません: コスト差引後 {net}。'],
  'may be luck': [
    'It is not shown to beat its costs: {net} after costs may be luck.',
    'コストに勝つとは示されていません: コスト差引後 {net} は偶然かもしれません。',
  ],
  'beats its costs': [
    'In these sessions it beat its costs: {net} after costs. The result does not predict other sessions.',
    'この期間ではコストに勝ちました: コスト差引後 {net}。他の期間については何も言えません。',
  ],
  unclear: [
    'The bars do not tell: {net} to {best} after costs, by what came first in a bar. 5-minute bars tell more.',
    '足からは判定できません: 足の中の順序により、コスト差引後 {net} から {best}。5 分足があれば分かります。',
  ],
  synthetic: dailyTexts.synthetic,
  syntheticText: dailyTexts.syntheticText,
  adjusted: [
    'Some prices are adjusted for splits or dividends: they have no ticks and no daily limits, and lots are counted ' +
      'at adjusted prices.',
    '分割や配当で調整された価格を含みます。呼値も値幅制限もなく、単元は調整後の価格で数えています。',
  ],
  shorts: [
    'Short sales: {shorts}. Every symbol counts as one that can be borrowed, without a premium: the bars do not tell.',
    '空売り: {shorts} 回。すべての銘柄を、特別料金なしで借りられるものとしています。足からは分かりません。',
  ],
  everySymbol: [
    'Every symbol with bars, at all sessions: delisted symbols are missing unless their bars were imported.',
    '全期間を通じて、足のある全銘柄が対象です。上場廃止銘柄は、足を取り込んでいない限り含まれません。',
  ],
  ofItsTime: [
    'Universe of its time: the members of {universe} at each session, known from {from} on.',
    '当時の構成銘柄: 各営業日の {universe} の構成銘柄が対象です ({from} から判明)。',
  ],
  withoutBars: [
    'Members of these sessions without bars: {members}. The figures are without them.',
    'この期間の構成銘柄のうち足のないもの: {members}。結果には含まれません。',
  ],
  span: [
    '{from} to {to}: {sessions} sessions, {symbols} symbols',
    '{from} から {to}: {sessions} 営業日、{symbols} 銘柄',
  ],
  cash: ['cash account', '現物口座'],
  margin: ['margin account', '信用口座'],
  'day-margin': ['margin account, closed every day', '信用口座 (毎日手仕舞い)'],
  equity: ['Equity', '資産'],
  equityLabel: ['Yen at each close, before and after costs', '各日の引けの資産 (円)、コスト差引前と差引後'],
  drawdown: ['Drawdown, after costs', '最高値からの下落 (コスト差引後)'],
  before: ['before costs', 'コスト差引前'],
  after: ['after costs', 'コスト差引後'],
  result: ['Result', '結果'],
  profit: ['Profit, yen', '損益 (円)'],
  returned: ['Return', '収益率'],
  sharpe: ['Annual Sharpe ratio', '年率シャープレシオ'],
  deepest: ['Maximum drawdown', '最大下落'],
  luck: ['Luck', '偶然'],
  deflated: [
    'Chance of more than luck, trials: {trials} (deflated Sharpe ratio)',
    '{trials} 回の試行の偶然を上回る確率 (デフレーテッド・シャープレシオ)',
  ],
  overfitting: [
    'Chance that the best parameters are below the median later (PBO)',
    '最良のパラメータが後で中央値を下回る確率 (PBO)',
  ],
  costs: ['Costs, yen', 'コスト (円)'],
  commission: ['Commission', '手数料'],
  spread: ['Half of the spread', 'スプレッドの半分'],
  impact: ['Market impact', '自分の注文の価格への影響'],
  interest: ['Interest', '金利'],
  lendingFee: ['Lending fee', '貸株料'],
  penalty: ['Positions carried over the close of a day account', '日計り建玉の持ち越し手数料'],
  total: ['Total', '合計'],
  paid: ['Paid per yen of turnover', '売買代金 1 円あたりの支払い'],
  breakEven: ['Break-even costs', '損益がゼロになるコスト'],
  trading: ['Trading', '売買'],
  trades: ['Trades', '取引数'],
  wins: ['Winners, before costs', '勝ち (コスト差引前)'],
  dividends: ['Dividends, yen', '配当 (円)'],
  tax: [
    'Tax of 20.315 % on the profit after costs, yen: not taken',
    '差引後の利益への税 20.315 % (円、差し引いていません)',
  ],
  exposure: ['Exposure, of the equity', '資産に対する投資額'],
  turnover: ['Turnover, yen', '売買代金 (円)'],
  capacity: ['Capacity, yen: its impact takes all of the profit', '自分の影響で損益が消える資産 (円)'],
  ambiguous: [
    'Orders for which the bars do not tell what came first; the worse counts',
    '足だけでは順序が分からない注文の割合 (悪い方で計算)',
  ],
  byDay: ['daily bars', '日足'],
  byFiveMinutes: ['5-minute bars', '5分足'],
  refused: ['Refused orders', '受け付けられなかった注文'],
  'refused lot': ['not whole lots', '単元未満'],
  'refused money': ['not enough money', '資金不足'],
  'refused same money': ['same money twice', '差金決済'],
  'refused short in cash': ['short sale on a cash account', '現物口座での空売り'],
  'refused short-sale rule': ['price restriction on short sales', '空売りの価格規制'],
  'refused position': ['limit of a position', '1 銘柄の上限'],
  'refused exposure': ['limit of all positions', '全銘柄の上限'],
  'refused halted': ['after the halt', '停止後'],
  'refused no price': ['no price', '値段なし'],
  'refused not traded': ['not traded', '売買不成立'],
  halted: [
    'Trading stopped on {session}: {reason}.',
    '{session} に売買を停止しました: 1 営業日の損失が上限に達しました。',
  ],
  baselines: ['Comparison', '比較'],
  'baseline always-long': ['the most traded symbols, every day', '売買代金上位を毎日買う'],
  'baseline topix': ['TOPIX', 'TOPIX'],
  'baseline nikkei225': ['Nikkei 225', '日経平均'],
  name: ['Strategy', '対象'],
  parameters: ['Parameters', 'パラメータ'],
  chosen: [
    'Chosen in time order, each time on the 250 sessions before.',
    '時間順に、直前の 250 営業日で選んだものです。',
  ],
  fixed: ['Not chosen: as given, or the defaults.', '選択なし: 指定された値または既定値です。'],
  fromWhen: ['From', '開始日'],
  reproducedBy: ['Data, settings and version: {hash}', 'データ・設定・版: {hash}'],
  noProfit: [
    'Past trades are simulated, and nothing here says that trading so would earn money.',
    '過去の取引は模擬です。この方法で利益が出るとは、どこにも書いていません。',
  ],
} as const satisfies Texts;
