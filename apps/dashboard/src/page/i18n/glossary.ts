import { language, type TextKey } from './language.ts';

const winkler = [
  'The width, plus a penalty for each miss by its distance. Lower is better.',
  '幅に、外れた距離に応じた罰を加えた値。小さいほど良い。',
] as const;

/** Meanings of the words of forecasting, by the text that says the word; docs/glossary.md has them all. */
const meanings: Partial<Record<TextKey, readonly [english: string, japanese: string]>> = {
  'column.coverage': ['The share of intervals that contained the close.', '終値が区間に入った割合。'],
  'card.width': [
    'Upper end less lower end; at equal coverage, narrower is better.',
    '上端と下端の差。被覆率が同じなら、狭いほど良い。',
  ],
  'column.width': ['Upper end less lower end of the interval.', '区間の上端と下端の差。'],
  'column.meanWidth': ['Mean width in basis points; 100 bp are 1 %.', '平均の幅（ベーシスポイント）。100 bp は 1 %。'],
  'card.winkler': winkler,
  'column.winkler': winkler,
  'card.skill': [
    'How far the Winkler score lies below that of a simple method.',
    'Winkler スコアが単純な方法をどれだけ下回るか。',
  ],
  'column.hitRate': [
    'The share of sessions in which the forecast direction was right.',
    '方向の予測が当たった立会日の割合。',
  ],
  'column.ic': [
    'Correlation of forecast ranks with ranks of returns in a session.',
    '立会日ごとの、予測の順位とリターンの順位の相関。',
  ],
  'column.auc': [
    'The chance that a rise was given a higher probability than a fall; 0.5 is a guess.',
    '上昇に下落より高い確率を付けた割合。0.5 は当て推量と同じ。',
  ],
  'column.brier': [
    'Mean squared error of the probability of a rise; 0.25 is a guess.',
    '上昇確率の平均二乗誤差。0.25 は当て推量と同じ。',
  ],
};

/** Returns the meaning of a text that is a word of forecasting, as the tooltip of it; undefined for other texts. */
export function meaning(key: TextKey): string | undefined {
  return meanings[key]?.[language.value === 'ja' ? 1 : 0];
}
