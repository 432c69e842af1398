import { inputInvalid } from '../input-invalid.ts';
import { gammaLoss, type LossFunction, pinballLoss, squaredLoss } from './loss-functions.ts';

/** Half the squared error; the prediction is the mean. */
export interface SquaredLoss {
  readonly kind: 'squared';
}

/** Pinball loss; the prediction is the quantile `quantile`, in (0, 1). */
export interface PinballLoss {
  readonly kind: 'pinball';
  readonly quantile: number;
}

/**
 * Gamma deviance with a log link, F + y e^-F: a positive target whose spread grows with its mean, such as an absolute
 * return. Targets of exactly 0 are allowed as long as one is positive. The prediction is the mean.
 */
export interface GammaLoss {
  readonly kind: 'gamma';
}

/** The losses that trees minimise. */
export type Loss = SquaredLoss | PinballLoss | GammaLoss;

/**
 * The loss as a function, its parameters checked.
 *
 * @throws DayTradeError `learner.input-invalid`
 */
export function compileLoss(loss: Loss): LossFunction {
  if (!isLoss(loss)) throw inputInvalid('loss', JSON.stringify(loss), `a loss of kind ${[...kinds].join(', ')}`);
  switch (loss.kind) {
    case 'squared':
      return squaredLoss;
    case 'gamma':
      return gammaLoss;
    case 'pinball':
      if (!(loss.quantile > 0 && loss.quantile < 1)) {
        throw inputInvalid('loss.quantile', loss.quantile, 'a number above 0 and below 1');
      }
      return pinballLoss(loss.quantile);
  }
}

const kinds: ReadonlySet<unknown> = new Set<Loss['kind']>(['squared', 'pinball', 'gamma']);

/** True for a loss of a known kind, whatever its parameters. */
export function isLoss(loss: unknown): loss is Loss {
  return typeof loss === 'object' && loss !== null && 'kind' in loss && kinds.has(loss.kind);
}
