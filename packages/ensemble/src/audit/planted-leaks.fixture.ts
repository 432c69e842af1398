import type { LeakKind } from '@daytrade/contracts';
import type { FeatureMatrix, Panel } from '@daytrade/series';
import type { AuditedPipeline, AuditedSplit } from './audited-pipeline.ts';

/** A pipeline with one fault in it, and what an audit has to say of it. */
export interface PlantedLeak {
  readonly name: string;
  readonly kind: LeakKind;
  /** The column or part that an alarm must name. */
  readonly column: string;
  readonly pipeline: AuditedPipeline;
}

/**
 * The classic leaks, each planted alone in an otherwise honest pipeline: with them an audit shows that it can fail.
 *
 * @param panel what the audit will be run on; the leaked target comes from a table made of it, as from a database that
 * holds the future
 */
export function plantedLeaks(honest: AuditedPipeline, panel: Panel): readonly PlantedLeak[] {
  const plant = (name: string, kind: LeakKind, column: string, parts: Partial<AuditedPipeline>): PlantedLeak => ({
    name,
    kind,
    column,
    pipeline: { ...honest, name: `${honest.name} with ${name}`, ...parts },
  });
  return [
    plant('shuffled split', 'split', 'split', { splits: shuffledSplits }),
    plant('centred window', 'look-ahead', 'centred_average_distance_11', {
      features: (some) => withColumn(honest.features(some), 'centred_average_distance_11', centredDistance(some)),
    }),
    plant('full-sample scaler', 'scaler', 'return_1', {
      scaler: (matrix, label) => honest.scaler(matrix, label, everyRow(matrix)),
    }),
    plant('target in the features', 'target', 'tomorrow', {
      features: (some) => withColumn(honest.features(some), 'tomorrow', storedTarget(honest, panel, some)),
    }),
    plant('same-day fill of a label', 'label', 'label', { label: returnFromOpen }),
    plant('calendar off by one', 'calendar', 'day', {
      dates: (some) => ({ ...honest.dates(some), day: some.days.map((day) => day - 1) }),
    }),
    plant('calendar off by one in a join', 'look-ahead', 'joined_market_return', {
      features: (some) => withColumn(honest.features(some), 'joined_market_return', marketOfDayAfter(some)),
    }),
    plant('adjusted closes restated after the fact', 'look-ahead', 'adjusted_close', {
      features: (some) => withColumn(honest.features(some), 'adjusted_close', restatedClose(some)),
    }),
    plant('forecasts stored by a training on the real labels', 'permutation', 'forecast', {
      forecast: (_matrix, _label, _training, judged) => judgedOnly(honest.label(panel), judged),
    }),
    plant('universe of survivors', 'universe', 'universe', {
      universe: (some) => survivorsOnly(honest.universe(some), some),
    }),
  ];
}

function judgedOnly(label: Float64Array, judged: Int32Array): Float64Array {
  return Float64Array.from(judged, (row) => label[row]!);
}

function everyRow({ rows }: FeatureMatrix): Int32Array {
  return new Int32Array(rows).map((_, row) => row);
}

function withColumn(matrix: FeatureMatrix, name: string, column: Float64Array): FeatureMatrix {
  const values = new Float32Array(matrix.values.length + matrix.rows);
  values.set(matrix.values);
  values.set(column, matrix.values.length);
  return { names: [...matrix.names, name], rows: matrix.rows, values };
}

/** Five folds of sessions dealt out as by a shuffle, each judged by a training on the other four. */
function shuffledSplits({ days }: Panel): readonly AuditedSplit[] {
  const foldOf = (t: number) => (Math.imul(t + 1, 0x9e3779b1) >>> 16) % 5;
  const sessions = Int32Array.from(days.keys());
  return [0, 1, 2, 3, 4].map((fold) => ({
    training: sessions.filter((t) => foldOf(t) !== fold),
    test: sessions.filter((t) => foldOf(t) === fold),
  }));
}

/** ln(close / mean close of the five sessions before, this one and the five after). */
function centredDistance({ close, symbols }: Panel): Float64Array {
  return close.map((own, row) => {
    let sum = 0;
    for (let offset = -5; offset <= 5; offset += 1) sum += close[row + offset * symbols.length] ?? NaN;
    return Math.log(own / (sum / 11));
  });
}

/** The honest label of the whole panel, looked up by day: cutting the panel does not take it away. */
function storedTarget(honest: AuditedPipeline, whole: Panel, some: Panel): Float64Array {
  const label = honest.label(whole);
  const sessionOfDay = new Map(Array.from(whole.days, (day, t) => [day, t]));
  const symbols = some.symbols.length;
  return some.close.map((_, row) => {
    const t = sessionOfDay.get(some.days[Math.floor(row / symbols)]!);
    return t === undefined ? NaN : label[t * symbols + (row % symbols)]!;
  });
}

/** ln(C[t+1] / O[t]): bought at the open of the day whose close decided it. */
function returnFromOpen({ open, close, symbols }: Panel): Float64Array {
  return open.map((own, row) => Math.log((close[row + symbols.length] ?? NaN) / own));
}

/** The mean return of the symbols, in a table whose rows are dated one session early. */
function marketOfDayAfter({ close, symbols }: Panel): Float64Array {
  const count = symbols.length;
  return close.map((_, row) => {
    const next = (Math.floor(row / count) + 1) * count;
    let sum = 0;
    for (let s = next; s < next + count; s += 1) sum += Math.log((close[s] ?? NaN) / (close[s - count] ?? NaN));
    return sum / count;
  });
}

/**
 * ln(close), each halved once for every split after it that the data knows, as in a table of adjusted closes that is
 * loaded anew each day: one split a hundred sessions of the exchange.
 */
function restatedClose({ close, days, symbols }: Panel): Float64Array {
  const splitsUntil = (day: number) => Math.floor(day / 145);
  const known = splitsUntil(days.at(-1) ?? 0);
  return close.map((own, row) => Math.log(own / 2 ** (known - splitsUntil(days[Math.floor(row / symbols.length)]!))));
}

/**
 * Leaves only the symbols that stand higher at the end than at the beginning: those that fell have been delisted since.
 */
function survivorsOnly(members: Uint8Array, { close, symbols }: Panel): Uint8Array {
  const count = symbols.length;
  const survives = symbols.map((_, symbol) => {
    const own = close.filter((price, row) => row % count === symbol && !Number.isNaN(price));
    return own.length > 0 && own.at(-1)! > own[0]!;
  });
  return members.map((member, row) => (survives[row % count]! ? member : 0));
}
