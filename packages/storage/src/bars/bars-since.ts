import { createHash } from 'node:crypto';
import type { DayNumber } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { columnsWithin } from './axis-ranges.ts';
import { type Columns, columnsOfLength, dailyBars, valueNames } from './columns.ts';

/**
 * What was read of the daily bars of some symbols, without the bars: enough to know later whether they are still the
 * same, so that only what came after them has to be read.
 */
export interface BarsPast {
  /** Newest day of all symbols at each reading, oldest first. */
  readonly readTo: readonly DayNumber[];
  /** In the order of the symbols. */
  readonly symbols: readonly SymbolPast[];
}

/** {@link BarsPast} of one symbol. */
export interface SymbolPast {
  /** Which file its bars were read from; undefined where there was none. */
  readonly file: string | undefined;
  /** SHA-256 of its bars of each reading, which holds that of the readings before. */
  readonly digest: string;
  /** Of those that stood beside its file. */
  readonly besideDigest: string;
}

/** The daily bars of some symbols after those of a past, and the past that they are now. */
export interface BarsSince {
  /** In the order of the symbols. */
  readonly bars: readonly BarColumns[];
  readonly past: BarsPast;
}

/** Where the bars of a symbol are now. */
export interface BarsNow {
  /** As {@link fileIdentity}. */
  readonly file: string | undefined;
  /** Its newest bars, which are not in its file yet. */
  readonly beside: Columns | undefined;
}

/** The past of what was read as a whole. */
export function pastOf(columns: readonly Columns[], now: readonly BarsNow[]): BarsPast {
  const newest = columns.reduce((day, { axis }) => Math.max(day, axis.at(-1) ?? -Infinity), -Infinity);
  const readTo = [newest as DayNumber];
  const symbols = columns.map((own, s) => ({
    file: now[s]!.file,
    digest: digestOf(own, readTo),
    besideDigest: digestOf(now[s]!.beside, readTo),
  }));
  return { readTo, symbols };
}

/**
 * The bars after a past; undefined where some of the past are others now.
 *
 * @param readWhole reads all bars of the symbols at some places; asked for those whose file is another one
 */
export async function barsAfter(
  past: BarsPast,
  now: readonly BarsNow[],
  readWhole: (places: readonly number[]) => Promise<readonly Columns[]>,
): Promise<BarsSince | undefined> {
  const last = past.readTo.at(-1)!;
  const replaced = [...now.keys()].filter((s) => now[s]!.file !== past.symbols[s]!.file);
  const read = new Map((await readWhole(replaced)).map((columns, index) => [replaced[index]!, columns]));
  const after: Columns[] = [];
  for (const [s, { beside }] of now.entries()) {
    const known = past.symbols[s]!;
    const whole = read.get(s);
    if (digestOf(whole ?? beside, past.readTo) !== (whole ? known.digest : known.besideDigest)) return undefined;
    after.push(columnsWithin(whole ?? beside ?? nothing, { from: last + 1, to: Infinity }));
  }
  const newest = after.reduce((day, { axis }) => Math.max(day, axis.at(-1) ?? last), last as number);
  const isNewer = newest > last;
  const readTo = isNewer ? [...past.readTo, newest as DayNumber] : past.readTo;
  const symbols = now.map(({ file, beside }, s) => ({
    file,
    digest: isNewer ? nextDigest(past.symbols[s]!.digest, after[s]!) : past.symbols[s]!.digest,
    besideDigest: digestOf(beside, readTo),
  }));
  return { bars: after.map(dailyBars), past: { readTo, symbols } };
}

const nothing = columnsOfLength(0);

/** Of the bars up to each of some days, one reading after the other. */
function digestOf(columns: Columns | undefined, readTo: readonly DayNumber[]): string {
  let [digest, from] = ['', -Infinity];
  for (const to of readTo) {
    digest = nextDigest(digest, columnsWithin(columns ?? nothing, { from, to }));
    from = to + 1;
  }
  return digest;
}

function nextDigest(before: string, columns: Columns): string {
  const hash = createHash('sha256').update(`${before} ${columns.axis.length} `);
  for (const name of ['axis', ...valueNames] as const) hash.update(columns[name]);
  return hash.digest('base64');
}
