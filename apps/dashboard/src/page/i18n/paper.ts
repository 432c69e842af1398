import { count } from '../model/format.ts';
import { language } from './language.ts';

interface Words {
  readonly en: string;
  readonly ja: string;
}

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
  [/^the session has lost (-?\d+) yen$/, 'この立会日で $1 円の損失'],
  [/^the bars in use are synthetic now: .*$/, '使う足が合成データに変わりました。終了して新しく始めてください'],
  [/^the bars in use are real now: .*$/, '使う足が実データに変わりました。終了して新しく始めてください'],
];

const haltedBy: Words = { en: 'halted', ja: '停止' };

/** A reason in the reader's language, and the words of a person as they were written. */
export interface ReasonWords {
  readonly label: string;
  /** Null where the platform halted it. */
  readonly quoted: string | null;
}

/** Returns why an order ended, a session has no orders, or a book was halted. */
export function paperReason(reason: string): ReasonWords {
  const halt = /^halted: (.*)$/s.exec(reason)?.[1];
  if (halt !== undefined) {
    const { label, quoted } = paperReason(halt);
    return { label: [haltedBy[language.value], ...(label === '' ? [] : [label])].join(': '), quoted };
  }
  const known = reasons.find(([written]) => written.test(reason));
  if (known === undefined) return { label: '', quoted: reason };
  const said = language.value === 'en' ? reason : reason.replace(...known);
  return { label: said.replace(/\d{4,}/, (figure) => count(Number(figure))), quoted: null };
}

/** Refusals of the order gate by the names that it counts them under. */
const refusals: Readonly<Record<string, Words>> = {
  lot: { en: 'not whole lots', ja: '単元未満' },
  money: { en: 'not enough money', ja: '資金不足' },
  'same money': { en: 'same money twice', ja: '差金決済' },
  'short in cash': { en: 'short sale on a cash account', ja: '現物口座での空売り' },
  'short-sale rule': { en: 'price restriction on short sales', ja: '空売りの価格規制' },
  'no price': { en: 'no price', ja: '値段なし' },
  halted: { en: 'after the halt', ja: '停止後' },
  position: { en: 'limit of a position', ja: '1 銘柄の上限' },
  exposure: { en: 'limit of all positions', ja: '全銘柄の上限' },
  dailyLoss: { en: 'limit of the loss', ja: '損失の上限' },
};

/** Returns why orders were not sent; an unknown name as it is written. */
export function refusalLabel(name: string): string {
  return refusals[name]?.[language.value] ?? name;
}
