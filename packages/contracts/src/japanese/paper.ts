/** The platform's reasons for the end of an order or a halt, each with its Japanese; `$1` is its figure. */
const reasons: readonly (readonly [written: RegExp, japanese: string])[] = [
  [/^halted$/, '停止中'],
  [/^halted by hand$/, '手動'],
  [/^sent after the open$/, '寄り付き後に送られたため'],
  [/^not sent before the open$/, '寄り付き前に送られなかったため'],
  [/^not filled by the close$/, '大引けまでに約定せず'],
  [/^the rest found nobody by the close$/, '残りは大引けまでに約定せず'],
  [/^its bars are not in use any more$/, '使う足が変わったため'],
  [/^missed: nothing was decided before the open$/, '寄り付き前に判断できず、見送り'],
  [/^a session lost (-?\d+) yen$/, '1 立会日で $1 円の損失'],
  [/^the bars in use are synthetic now: .*$/, '使う足が合成データに変わりました。終了して新しく始めてください'],
  [/^the bars in use are real now: .*$/, '使う足が実データに変わりました。終了して新しく始めてください'],
];

/** Returns why an order ended, a session has no orders, or a book was halted; undefined for the words of a person. */
export function paperReasonInJapanese(reason: string): string | undefined {
  const known = reasons.find(([written]) => written.test(reason));
  return known && reason.replace(...known);
}
