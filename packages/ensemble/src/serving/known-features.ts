import { createHash } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import { featureFormula } from '@daytrade/series';
import type { Ensemble } from '../ensemble.ts';

/** Hex digits of a hash that are kept: enough to tell two formulas of one name apart. */
const digits = 16;
/** Features that a message names. */
const mostNamed = 3;

/** How features are computed now, each as the beginning of its formula's SHA-256. */
export function formulaHashes(features: readonly string[]): readonly string[] {
  return features.map((name) => formulaHash(name) ?? '');
}

/**
 * Refuses an ensemble that learned from a feature which is no longer there, or which is computed in another way. One
 * that knows fewer features than there are now is good: it is given its own.
 *
 * @throws DayTradeError `model.file-invalid` naming the features
 */
export function assertFeatures({ features, formulas }: Pick<Ensemble, 'features' | 'formulas'>): void {
  const gone = features.filter((name) => formulaHash(name) === undefined);
  if (gone.length > 0) throw otherFeatures('this version no longer has', gone);
  if (formulas === undefined) return;
  const changed = features.filter((name, column) => formulaHash(name) !== formulas[column]);
  if (changed.length > 0) throw otherFeatures('this version computes in another way', changed);
}

function formulaHash(name: string): string | undefined {
  const formula = featureFormula(name);
  return formula === undefined ? undefined : createHash('sha256').update(formula).digest('hex').slice(0, digits);
}

function otherFeatures(what: string, features: readonly string[]): DayTradeError {
  const more = features.length > mostNamed ? `, and ${features.length - mostNamed} more` : '';
  const named = features.slice(0, mostNamed).join(', ');
  return new DayTradeError('model.file-invalid', `the model learned from features that ${what}: ${named}${more}`, {
    details: { features },
  });
}
