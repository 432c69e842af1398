import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import {
  type FeatureMatrix,
  FeatureStream,
  featureFormula,
  type LimitBands,
  type LimitedSymbol,
  LimitTracks,
  type Panel,
  type PanelDividends,
  type SessionBars,
  type SessionIndex,
  sessionBars,
} from '@daytrade/series';
import type { Ensemble } from '../ensemble.ts';
import { EwmaScale } from '../intervals/ewma-scale.ts';

/** The rows of every symbol at the close of one session, and the outcome of the one before. */
export interface SessionRows {
  /** The columns that members are trained on; one row per symbol. */
  readonly matrix: FeatureMatrix;
  readonly close: Float64Array;
  /** EWMA scale; NaN before 20 returns. */
  readonly scale: Float64Array;
  readonly limits: LimitBands;
  /** Dividends of the session, and what is expected for the next one; undefined where none is known. */
  readonly dividends?: PanelDividends | undefined;
  /** Log return from the session before with the dividend, by symbol: what its forecast is judged by. */
  readonly arrived: Float64Array;
}

/**
 * The rows of a dataset, session after session, without any of the sessions before: features, scale and label each from
 * state that a session moves on. Equal to the rows that `buildDataset` makes of the same bars.
 */
export class SessionRowStream {
  readonly #features: FeatureStream;
  readonly #scales: readonly EwmaScale[];
  readonly #limits: LimitTracks;
  #previousClose: Float64Array;

  constructor(symbols: readonly LimitedSymbol[], features: readonly string[]) {
    this.#features = new FeatureStream(symbols.length, features);
    this.#scales = symbols.map(() => new EwmaScale());
    this.#limits = new LimitTracks(symbols);
    this.#previousClose = new Float64Array(symbols.length).fill(NaN);
  }

  /** Takes the next session and gives its rows. */
  push(session: SessionBars): SessionRows {
    const matrix = this.#features.push(session);
    const close = session.close.slice();
    const arrived = this.#observe(session);
    const scale = Float64Array.from(this.#scales, ({ value }) => value);
    // Copies, as of the close: views would keep the panel alive.
    const { paid, expected } = session.dividends ?? {};
    const dividends = paid && expected && { paid: paid.slice(), expected: expected.slice() };
    return { matrix, close, scale, limits: this.#limitsAfter(session), dividends, arrived };
  }

  /** Takes the sessions of a panel before `to` without making their rows. */
  skip(panel: Panel, to: SessionIndex): void {
    this.#features.pushPanel(panel, 0, to);
    for (let t = 0; t < to; t += 1) {
      const session = sessionBars(panel, t);
      this.#observe(session);
      this.#limitsAfter(session);
    }
  }

  #limitsAfter(session: SessionBars): LimitBands {
    const limits = { lower: new Float64Array(session.close.length), upper: new Float64Array(session.close.length) };
    this.#limits.next(session, limits);
    return limits;
  }

  #observe({ close, dividends }: SessionBars): Float64Array {
    const arrived = close.map((price, s) => Math.log((price + (dividends?.paid[s] ?? 0)) / this.#previousClose[s]!));
    this.#previousClose = close.slice();
    for (const [s, scale] of this.#scales.entries()) scale.observe(arrived[s]!);
    return arrived;
  }
}

/** Hex digits of a hash that are kept: enough to tell two formulas of one name apart. */
const digits = 16;
const mostNamed = 3;

/** Returns the current formulas of features, each as the beginning of its SHA-256. */
export function formulaHashes(features: readonly string[]): readonly string[] {
  return features.map((name) => formulaHash(name) ?? '');
}

/** Returns the features of an ensemble that are the platform's; those of the user's files stand after them. */
export function shippedFeatures({ features, formulas }: Pick<Ensemble, 'features' | 'formulas'>): readonly string[] {
  return features.slice(0, formulas.length);
}

/**
 * Refuses an ensemble that learned from a feature which is no longer there, or which is computed in another way. One
 * that knows fewer features than there are now is good: it is given its own.
 *
 * @throws DayTradeError `model.file-invalid` naming the features
 */
export function assertFeatures({ features, formulas }: Pick<Ensemble, 'features' | 'formulas'>): void {
  const shipped = shippedFeatures({ features, formulas });
  const gone = shipped.filter((name) => formulaHash(name) === undefined);
  if (gone.length > 0) throw otherFeatures('this version no longer has', gone);
  const changed = shipped.filter((name, column) => formulaHash(name) !== formulas[column]);
  if (changed.length > 0) throw otherFeatures('this version computes in another way', changed);
}

function formulaHash(name: string): string | undefined {
  const formula = featureFormula(name);
  return formula === undefined ? undefined : createHash('sha256').update(formula).digest('hex').slice(0, digits);
}

function otherFeatures(what: string, features: readonly string[]): DayTradeError {
  const more = features.length > mostNamed ? `, and ${features.length - mostNamed} more` : '';
  const named = features.slice(0, mostNamed).join(', ');
  return new DayTradeError('model.file-invalid', `the model learned from features that ${what}: ${named}${more}`);
}
