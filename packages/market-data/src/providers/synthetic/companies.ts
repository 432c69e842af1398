import {
  addDays,
  addSessions,
  instantOf,
  isSession,
  lotSize,
  nextSession,
  parseSymbol,
  parseTradeDate,
  type SymbolCode,
  sessionMovedBy,
  type TickTable,
  type TradeDate,
} from '@daytrade/market';
import type { Announcement } from '../../provider.ts';
import { RandomStream } from './random.ts';

/** A company that does not exist, under a code that the exchange does not give. */
export interface SyntheticSymbol {
  /** Four characters from 0101 on: the exchange's codes begin at 1300. */
  readonly symbol: SymbolCode;
  /** An invented Japanese name that begins with 架空 ("fictional"). */
  readonly name: string;
  readonly sector: string;
  readonly sizeGroup: 'large' | 'mid' | 'small';
  readonly tickTable: TickTable;
  readonly lot: number;
  readonly sharesOutstanding: number;
  readonly priceBasis: 'traded';
  readonly synthetic: true;
}

/** Sector, and what a company of it is called after 架空. */
const businesses: readonly (readonly [sector: string, ...names: string[]])[] = [
  ['電気機器', '電機', '電子工業', '半導体製作所'],
  ['輸送用機器', '自動車', '車輛工業', '発動機'],
  ['医薬品', '製薬工業', '薬品', '創薬'],
  ['銀行業', '中央銀行', '信託銀行', '商業銀行'],
  ['情報・通信業', '通信', '情報システム', 'ソフトウェア'],
  ['化学', '化学工業', '合成樹脂', '塗料'],
  ['食料品', '食品', '製菓', '醸造'],
  ['機械', '重機械', '工作機械', '精機'],
  ['小売業', '百貨店', '薬局', '家具販売'],
  ['卸売業', '商事', '物産', '貿易'],
  ['建設業', '建設', '土木', '住宅建設'],
  ['不動産業', '不動産', '地所', '都市開発'],
  ['陸運業', '電鉄', '急行電鉄', '運輸'],
  ['海運業', '海運', '汽船', '内航'],
  ['保険業', '生命保険', '損害保険', '海上火災'],
  ['鉄鋼', '製鉄', '特殊鋼', '鋼管'],
  ['非鉄金属', '金属鉱業', '電線', '伸銅'],
  ['電気・ガス業', '電力', '瓦斯', '水力発電'],
  ['精密機器', '光学', '計測器', '時計'],
  ['ガラス・土石製品', '硝子', 'セメント', '窯業'],
  ['サービス業', '警備保障', '旅行', '人材'],
  ['繊維製品', '紡績', '繊維', '染色'],
  ['ゴム製品', 'ゴム工業', 'タイヤ', 'ベルト'],
  ['空運業', '航空', '航空輸送', '航空貨物'],
];

/** Set between 架空 and the business once the plain names are used up. */
const epithets = [
  '',
  'ひかり',
  'みなも',
  'そよかぜ',
  'あかつき',
  'ほしぞら',
  'わかば',
  'しおさい',
  'こだま',
  'ゆきわり',
  'はるか',
  'かざみ',
  'つきしろ',
];

/** Two large and two mid-sized companies to one small one; shares outstanding between the two numbers. */
const sizes = [
  { sizeGroup: 'large', shares: [6e8, 4e9] },
  { sizeGroup: 'mid', shares: [2e8, 8e8] },
  { sizeGroup: 'large', shares: [6e8, 4e9] },
  { sizeGroup: 'mid', shares: [2e8, 8e8] },
  { sizeGroup: 'small', shares: [2e7, 1e8] },
] as const;

/** The first companies of the exchange of a seed, at most 899; a longer register begins with the shorter one. */
export function registerCompanies(seed: number, count: number): SyntheticSymbol[] {
  return Array.from({ length: count }, (_, i) => company(seed, i));
}

function company(seed: number, i: number): SyntheticSymbol {
  const symbol = parseSymbol(String(101 + i).padStart(4, '0'));
  const [sector, ...names] = businesses[i % businesses.length]!;
  const round = Math.floor(i / businesses.length);
  const epithet = epithets[Math.floor(round / names.length)]!;
  const { sizeGroup, shares } = sizes[i % sizes.length]!;
  const random = new RandomStream(`${seed}/company/${symbol}`);
  return {
    symbol,
    name: `架空${epithet}${names[round % names.length]}`,
    sector,
    sizeGroup,
    tickTable: sizeGroup === 'small' ? 'standard' : 'topix500',
    lot: lotSize,
    sharesOutstanding: Math.round((shares[0] * (shares[1] / shares[0]) ** random.uniform()) / 1e5) * 1e5,
    priceBasis: 'traded',
    synthetic: true,
  };
}

/** Factor on the symbol's own deviation in the session that results move. */
export const resultsMove = 2.5;

const months = ['02', '05', '08', '11'] as const;
/** Days for which a plan is known beforehand. */
const daysAhead = 28;

/** The results of a synthetic company: four days a year, after the close or, of one company in five, at 13:00. */
function resultsDays(symbol: SymbolCode, from: TradeDate, to: TradeDate): readonly TradeDate[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const day = String(1 + ((7 * Number(symbol)) % 14)).padStart(2, '0');
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return years
    .flatMap((year) => months.map((month) => parseTradeDate(`${year}-${month}-${day}`)))
    .map((date) => (isSession(date) ? date : nextSession(date)))
    .filter((date) => date >= from && date <= to);
}

function timeOf(symbol: SymbolCode): '13:00' | '15:30' {
  return Number(symbol) % 5 === 0 ? '13:00' : '15:30';
}

/** The sessions that the results of a company move, from one day to another. */
export function movedSessions(symbol: SymbolCode, from: TradeDate, to: TradeDate): readonly TradeDate[] {
  // The results of the last session may move one that is outside of the calendar.
  return resultsDays(symbol, from, addSessions(to, -1)).map((date) => sessionMovedBy(date, timeOf(symbol)));
}

/** Returns the announcements known by the end of a day: those made, and each plan from its publication on. */
export function syntheticAnnouncements(symbol: SymbolCode, from: TradeDate, to: TradeDate): readonly Announcement[] {
  const about = { time: timeOf(symbol), source: 'synthetic' };
  return resultsDays(symbol, from, addDays(to, daysAhead)).flatMap((date): readonly Announcement[] => {
    const knownSince = new Date(instantOf(addDays(date, -daysAhead), '00:00')).toISOString();
    const planned: Announcement = { date, kind: 'planned', ...about, knownSince };
    return date > to ? [planned] : [planned, { date, kind: 'made', ...about }];
  });
}
