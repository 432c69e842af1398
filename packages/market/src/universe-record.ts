import { compareText } from './compare-text.ts';
import type { SymbolCode } from './symbol-code.ts';
import { addDays, type TradeDate } from './trade-date.ts';

/** The sets of symbols that membership is recorded of: all that is listed, and indices. */
export const universeNames = ['listed', 'topix', 'topix500', 'topix100', 'nikkei225'] as const;
export type UniverseName = (typeof universeNames)[number];

/** Days from `from` to `to`, both included, on which a symbol was in a set; null where an end is open or not known. */
export interface MemberSpan {
  readonly symbol: SymbolCode;
  readonly universe: UniverseName;
  readonly from: TradeDate | null;
  readonly to: TradeDate | null;
  /** Why it ended, where that is known. */
  readonly reason: string | null;
  /** `import`, or the provider whose lists it was read from. */
  readonly source: string;
}

/** A symbol whose shares became shares of another. */
export interface Succession {
  readonly symbol: SymbolCode;
  readonly successor: SymbolCode;
  /** The first day on which the old code is gone. */
  readonly date: TradeDate;
  /** Shares of the successor for one old share. */
  readonly ratio: number;
  readonly reason: string | null;
  readonly source: string;
}

export interface UniverseRecord {
  readonly spans: readonly MemberSpan[];
  readonly successions: readonly Succession[];
  /** Days whose complete list of issues was read of a provider, rising. */
  readonly observed: readonly TradeDate[];
}

export const emptyUniverseRecord: UniverseRecord = { spans: [], successions: [], observed: [] };

/** The source of rows that a user brought, which stand above those of any provider. */
export const importedSource = 'import';

/** Imported spans of a symbol replace those from the lists of a provider. */
export function spansOf(
  { spans }: Pick<UniverseRecord, 'spans'>,
  universe: UniverseName,
): ReadonlyMap<SymbolCode, readonly MemberSpan[]> {
  const bySymbol = Map.groupBy(
    spans.filter((span) => span.universe === universe),
    ({ symbol }) => symbol,
  );
  return new Map(
    Array.from(bySymbol, ([symbol, own]) => {
      const imported = own.filter(({ source }) => source === importedSource);
      return [symbol, (imported.length > 0 ? imported : own).toSorted(byBeginning)] as const;
    }),
  );
}

export function isWithin(spans: readonly Pick<MemberSpan, 'from' | 'to'>[] | undefined, date: TradeDate): boolean {
  return spans?.some(({ from, to }) => (from === null || from <= date) && (to === null || date <= to)) === true;
}

/** The first day of which anything is known of a set; undefined where nothing is. */
export function knownFrom({ spans }: Pick<UniverseRecord, 'spans'>, universe: UniverseName): TradeDate | undefined {
  return spans
    .flatMap((span) => (span.universe === universe && span.from !== null ? [span.from] : []))
    .toSorted()
    .at(0);
}

/**
 * Takes the complete list of a day into what a provider's earlier and later lists said: it holds from its day until the
 * next list that was read, so nothing is known before a list that says it. In any order of the days, and again, it
 * comes to the same.
 *
 * @param members the sets of every issue of the list
 */
export function observeMembers(
  record: UniverseRecord,
  date: TradeDate,
  members: ReadonlyMap<SymbolCode, readonly UniverseName[]>,
  source: string,
): UniverseRecord {
  const next = record.observed.find((day) => day > date);
  const last = next === undefined ? null : addDays(next, -1);
  const own = record.spans.filter((span) => span.source === source);
  const bySet = Map.groupBy(own, ({ symbol, universe }): string => `${symbol} ${universe}`);
  const present = new Map(
    Array.from(members, ([symbol, universes]) =>
      universes.map((universe): [string, Pick<MemberSpan, 'symbol' | 'universe'>] => [
        `${symbol} ${universe}`,
        { symbol, universe },
      ]),
    ).flat(),
  );
  const spans: MemberSpan[] = record.spans.filter((span) => span.source !== source);
  for (const key of new Set<string>([...bySet.keys(), ...present.keys()])) {
    const stretches = (bySet.get(key) ?? []).flatMap((span) => without(span, date, last));
    const found = present.get(key);
    if (found !== undefined) stretches.push({ ...found, from: date, to: last, reason: null, source });
    spans.push(...joined(stretches));
  }
  const observed = [...new Set([...record.observed, date])].sort();
  return { ...record, spans: spans.sort(byKey), observed };
}

/** Returns the parts of a span outside of the days `from` to `to`. */
function without(span: MemberSpan, from: TradeDate, to: TradeDate | null): MemberSpan[] {
  const begins = span.from as TradeDate;
  const before = begins < from ? [{ ...span, to: earliest(span.to, addDays(from, -1)) }] : [];
  if (to === null || (span.to !== null && span.to <= to)) return before;
  return [...before, { ...span, from: latest(begins, addDays(to, 1)) }];
}

/** Spans of one symbol and set in order, those that touch as one. */
function joined(spans: readonly MemberSpan[]): MemberSpan[] {
  const all: MemberSpan[] = [];
  for (const span of spans.toSorted(byBeginning)) {
    const before = all.at(-1);
    if (before?.to != null && addDays(before.to, 1) === span.from) all[all.length - 1] = { ...before, to: span.to };
    else all.push(span);
  }
  return all;
}

function earliest(one: TradeDate | null, other: TradeDate): TradeDate {
  return one === null || other < one ? other : one;
}

function latest(one: TradeDate, other: TradeDate): TradeDate {
  return one > other ? one : other;
}

function byBeginning(one: MemberSpan, other: MemberSpan): number {
  return compareText(one.from ?? '', other.from ?? '');
}

function byKey(one: MemberSpan, other: MemberSpan): number {
  const key = ({ symbol, universe, source, from }: MemberSpan) => `${symbol} ${universe} ${source} ${from ?? ''}`;
  return compareText(key(one), key(other));
}
