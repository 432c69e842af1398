/** Parts of the selector's reasons, each with its Japanese. */
const selectionWords: readonly (readonly [english: RegExp, japanese: string])[] = [
  [/^stays: /, '継続: '],
  [/^new: /, '新規: '],
  [/ranked (\d+) of (\d+) that meet every criterion/, '基準を満たす $2 銘柄中 $1 位'],
  [/members stay up to rank (\d+)/, '継続銘柄は $1 位まで残ります'],
  [/sector: (\d+) of (.*) are picked, the most allowed/, '業種: $2は上限の $1 銘柄を選定済み'],
  [/correlation: (\S+) with (\S+), above (\S+)/, '相関: $2 との相関 $1 が上限 $3 を超過'],
  [/(\d+) were asked for, and members that stay come first/, '選定は $1 銘柄で、継続銘柄を優先'],
  [/(\d+) were asked for/, '選定は $1 銘柄'],
  [
    /bars: (\d+) of the (\d+) sessions from (\S+) to (\S+); at least (\d+) are needed/,
    '足: $3 から $4 の $2 立会日のうち $1 日（$5 日以上が必要）',
  ],
  [/market capitalisation: (\S+) yen is below (\S+)/, '時価総額: $1 円が下限の $2 円を下回る'],
  [/average volume: (\S+) shares a day is below (\S+)/, '平均出来高: 1 日 $1 株が下限の $2 株を下回る'],
  [/volatility: (\S+ %) a year is above (\S+ %)/, 'ボラティリティ: 年率 $1 が上限の $2 を超過'],
  [/liquidity score: (\S+) is below (\S+)/, '流動性スコア: $1 が下限の $2 を下回る'],
];

/** The selector's descriptions of the basis of a score, each with its Japanese. */
const basisWords: readonly (readonly [english: RegExp, japanese: string])[] = [
  [
    /^mean of close x volume over (\d+) sessions.*$/,
    '$1 立会日の終値 × 出来高の平均。1,000 万円で 0、1,000 億円で 100（対数）',
  ],
  [
    /^standard deviation of daily log returns over (\d+) sessions.*$/,
    '$1 立会日の日次対数リターンの標準偏差 × √245。0.25 から 0.40 が最良',
  ],
  [
    /^variation of daily volume.* x (\d+) of (\d+) sessions traded$/,
    '出来高の変動。100 ÷ (1 + 値) × 取引のあった $1 / $2 立会日',
  ],
  [/^market capitalisation; 0 at.*$/, '時価総額。10 億円で 0、10 兆円で 100（対数）'],
  [/^not known .*; size group "(.*)" stands in$/, '不明（データに発行株式数がありません）。規模区分「$1」で代用'],
  [/^not known .*; rank of the turnover .*$/, '不明（データに発行株式数がありません）。売買代金の順位で代用'],
];

/** Returns in Japanese why a symbol was picked or not. */
export function selectionReasonInJapanese(reason: string): string {
  return inJapanese(reason, selectionWords).replaceAll('; ', '。');
}

/** Returns the basis of a score in Japanese. */
export function scoreBasisInJapanese(basis: string): string {
  return inJapanese(basis, basisWords);
}

function inJapanese(said: string, words: typeof selectionWords): string {
  return words.reduce((text, [english, japanese]) => text.replace(english, japanese), said);
}
