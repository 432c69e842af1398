import type { Unit } from '@daytrade/market';
import type { LogReturn } from '@daytrade/series';

/** Basis points of log return. */
export type BasisPoints = Unit<'BasisPoints'>;

const basisPoint = 1e-4;

/** A log return in basis points. */
export function inBasisPoints(logReturn: LogReturn): BasisPoints {
  return logReturn / basisPoint;
}
