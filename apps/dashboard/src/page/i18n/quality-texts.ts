import { language } from './language.ts';

/** The reasons of the quality gate. */
const qualityReasons: Readonly<Record<string, readonly [english: string, japanese: string]>> = {
  'fields-missing': ['fields missing', '項目数の不一致'],
  'date-invalid': ['not a date', '日付が不正'],
  'date-out-of-range': ['date outside the calendar', 'カレンダーの範囲外'],
  'not-a-number': ['not a number', '数値でない'],
  'price-not-positive': ['price zero or negative', '価格がゼロ以下'],
  'price-implausible': ['price implausible', '価格が異常'],
  'volume-negative': ['volume negative', '出来高が負'],
  'volume-implausible': ['volume implausible', '出来高が異常'],
  'high-below-low': ['high below low', '高値が安値未満'],
  'open-outside-range': ['open outside high–low', '始値が値幅の外'],
  'close-outside-range': ['close outside high–low', '終値が値幅の外'],
  'closed-day': ['exchange closed', '休場日の行'],
  'outside-session': ['outside trading hours', '立会時間外'],
  'not-over-yet': ['not over yet', 'まだ終わっていない足'],
  placeholder: ['placeholder row', '穴埋め行'],
  'date-duplicate': ['duplicate date', '日付の重複'],
  'limit-exceeded': ['beyond the price limit', '値幅制限を超過'],
  'sessions-missing': ['sessions missing', '立会日の欠落'],
};

/** The reason for which the quality gate kept a row out, as a reader says it. */
export function qualityReasonLabel(reason: string): string {
  return qualityReasons[reason]?.[language.value === 'ja' ? 1 : 0] ?? reason;
}
