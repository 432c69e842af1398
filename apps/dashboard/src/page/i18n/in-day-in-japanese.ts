import { targetInWords } from '@daytrade/contracts/objective';
import type { PricePlace } from '../model/session-fan.ts';
import type { Dictionary } from './english.ts';
import type { inDayInEnglish } from './in-day-in-english.ts';

const japanesePlaces: Readonly<Record<PricePlace, string>> = {
  below: '下',
  'at-lower': '下限ちょうど',
  inside: '内側',
  'at-upper': '上限ちょうど',
  above: '上',
};

/** The texts of forecasts within the day in Japanese. */
export const inDayInJapanese: Pick<Dictionary, keyof typeof inDayInEnglish> = {
  'inDay.title': (time) => `本日の終値の予測（${time} 時点）`,
  'inDay.title.none': '本日の終値の日中予測',
  'inDay.caption': `本日の終値の予測と ${targetInWords} 区間（円）`,
  'inDay.time': '予測時点',
  'inDay.price': '予測時の株価',
  'inDay.made': '作成',
  'inDay.interval': 'その株価に対する区間',
  'inDay.interval.label': (low, high) => `予測時の株価比 ${low} 〜 ${high}`,
  'inDay.narrowed': '朝からの変化',
  'inDay.note': (made) =>
    `作成: ${made}。帯は、予測に用いた株価に対する区間（%）です。「朝からの変化」は、その日の最初の予測と比べた区間の幅の変化です。`,
  'inDay.late': '作成が遅れたため、その時点の予測としては成績に数えません。',
  'inDay.without': (symbols) => `予測のない銘柄 ${symbols} 件:`,
  'inDay.empty.before': (time) => `本日の終値の最初の予測は ${time}（日本時間）に公表されます。`,
  'inDay.reason.not-published': 'この時点の予測は公表されていません。',
  'inDay.reason.model-without-horizon':
    '稼働中のモデルはこの時点の予測に対応していません。学習し直してください。' +
    '寄り付き後の時点には、10 銘柄以上の 5 分足が 2 か月分必要です。',
  'inDay.reason.bars-behind': '日足が前の立会日まで届いていません。',
  'inDay.reason.needs-us-session': '予測に必要な、前夜の米国市場の値がまだありません。',
  'inDay.reason.needs-5-minute-bars': '日中の予測には 5 分足が必要です。まだ 1 本もありません。',
  'inDay.reason.no-trade-yet': 'この時点までに取引が成立していません。',
  'inDay.reason.too-little-history': '足のある立会日が足りません。',
  'fan.title': (time) => `本日の終値の区間の推移（最新の予測: ${time}）`,
  'fan.title.over': (session) => `${session} の終値に対する、日中の予測の推移`,
  'fan.label': (name, forecasts, time, low, high) =>
    `${name}: 日中の終値予測 ${forecasts} 件。最新（${time}）は ${low} 円から ${high} 円。`,
  'fan.label.prices': (name, prices) => `${name}: 本日の株価 ${prices} 件。予測はまだありません。`,
  'fan.label.close': (close) => `終値は ${close} 円でした。`,
  'fan.slider': '予測時点',
  'fan.slider.value': (time, low, high) => `${time}: ${low} 円から ${high} 円`,
  'fan.since': (time) => `${time} からの変化:`,
  'fan.since.width': (from, to, change) => `幅 ${from} → ${to}（${change}）`,
  'fan.since.middle': (change) => `区間の中央 ${change}`,
  'fan.since.price': (change, place) => `株価 ${change}（当時の区間の${japanesePlaces[place]}）`,
  'fan.legend.interval': `各時点で公表していた終値の ${targetInWords} 区間`,
  'fan.legend.price': '株価',
  'fan.legend.now': '最新の区間（大引け）',
};
