import { type ReportLanguage, targetInWords } from '@daytrade/contracts';

/** All texts of notices in English; the Japanese texts have the same keys. */
const english = {
  synthetic: 'SYNTHETIC: invented symbols on a simulated exchange.',
  promise:
    `${targetInWords} is the promised share of closes inside the intervals, not of right directions, ` +
    'and no promise of profit.',
  runFailed: (job: string) => `The job ${job} failed`,
  runText: (id: string, attempts: number) => `Run ${id}, after ${attempts} of its attempts.`,
  moreFailures: 'Further failures of this job today are not sent: `daytrade runs list --status failed`.',
  barsOld: (behind: number) => `Bars are too old: ${behind} finished sessions are missing`,
  barsOldText: (newest: string, finished: string) =>
    `The newest bar is of ${newest}, the newest finished session is ${finished}. ` +
    'See `daytrade runs list --job data-update`.',
  noPrediction: (session: string) => `No prediction for ${session} so far`,
  noPredictionText: 'The exchange opens at 09:00. See `daytrade runs list --job prediction`.',
  coverage: (sessions: number, share: string) => `Coverage over ${sessions} sessions is ${share}`,
  coverageText: (low: string, high: string, session: string) =>
    `Its bounds are ${low} to ${high}; counted up to ${session}. See \`daytrade reports show ${session}\`.`,
  priceOutside: (symbol: string, name: string, price: string) =>
    `${symbol} ${name}: ${price} yen, outside its interval`,
  priceOutsideText: (lower: string, upper: string, time: string) =>
    `The interval for the close was ${lower} – ${upper} yen; the price is that of the forecast at ${time}.`,
  morning: (session: string) => `Intervals for ${session}`,
  morningSymbol: (symbol: string, name: string, lower: string, upper: string, lastClose: string) =>
    `${symbol} ${name}: ${lower} – ${upper} yen (last close ${lastClose})`,
  morningNight: 'knows the night in America',
  morningAdjusted: 'adjusted prices, which cannot be quoted as orders',
  morningMissing: (symbol: string, name: string) => `${symbol} ${name}: no interval`,
  morningNone: 'No symbol was selected.',
  judged: (session: string, inside: string, judged: string) => `${session}: ${inside} of ${judged} closes inside.`,
  outside: (symbols: string) => `Outside: ${symbols}.`,
  notJudged: (session: string) => `${session}: not judged yet.`,
  test: 'Test notice of day-trade',
  testText: 'If you read this, notices reach you.',
};

export type NoticeTexts = typeof english;

const japanese: NoticeTexts = {
  synthetic: '合成データ: 架空の取引所の架空の銘柄です。',
  promise: `${targetInWords} は終値が区間に入る割合として約束している値です。方向が当たる割合でも、利益の約束でもありません。`,
  runFailed: (job) => `ジョブ ${job} が失敗しました`,
  runText: (id, attempts) => `実行 ${id}、${attempts} 回試行しました。`,
  moreFailures: '今日これ以降のこのジョブの失敗は通知しません: `daytrade runs list --status failed`',
  barsOld: (behind) => `足が古くなっています: 終了した ${behind} 立会日分がありません`,
  barsOldText: (newest, finished) =>
    `最新の足は ${newest}、終了した最新の立会日は ${finished} です。\`daytrade runs list --job data-update\` を参照してください。`,
  noPrediction: (session) => `${session} の予測がまだありません`,
  noPredictionText: '取引所は 9:00 に開きます。`daytrade runs list --job prediction` を参照してください。',
  coverage: (sessions, share) => `直近 ${sessions} 立会日の被覆率は ${share} です`,
  coverageText: (low, high, session) =>
    `範囲は ${low}〜${high}、${session} までの集計です。\`daytrade reports show ${session}\` を参照してください。`,
  priceOutside: (symbol, name, price) => `${symbol} ${name}: ${price} 円で区間の外です`,
  priceOutsideText: (lower, upper, time) =>
    `終値の予測区間は ${lower}〜${upper} 円でした。価格は予測時点（${time}）のものです。`,
  morning: (session) => `${session} の予測区間`,
  morningSymbol: (symbol, name, lower, upper, lastClose) =>
    `${symbol} ${name}: ${lower}〜${upper} 円（前日終値 ${lastClose}）`,
  morningNight: '米国の夜間の動きを反映',
  morningAdjusted: '調整後の価格。注文の指値には使えません',
  morningMissing: (symbol, name) => `${symbol} ${name}: 区間なし`,
  morningNone: '選定された銘柄はありません。',
  judged: (session, inside, judged) => `${session}: 終値 ${judged} 件のうち ${inside} 件が区間内でした。`,
  outside: (symbols) => `区間外: ${symbols}`,
  notJudged: (session) => `${session}: まだ判定されていません。`,
  test: 'day-trade のテスト通知',
  testText: 'この通知が届いていれば、設定は正しく動いています。',
};

export const noticeTexts: Readonly<Record<ReportLanguage, NoticeTexts>> = { en: english, ja: japanese };
