/** Half the squared error; the prediction is the mean. */
export interface SquaredLoss {
  readonly kind: 'squared';
}

/** Log loss of a target of 0 or 1; the link is the log-odds, the prediction a probability. */
export interface LogisticLoss {
  readonly kind: 'logistic';
}

/** Pinball loss; the prediction is the quantile `quantile`, in (0, 1). */
export interface PinballLoss {
  readonly kind: 'pinball';
  readonly quantile: number;
}

/** Squared within `delta` (in units of the target), linear beyond it. */
export interface HuberLoss {
  readonly kind: 'huber';
  readonly delta: number;
}

/**
 * Gamma deviance with a log link, F + y e^-F: a positive target whose spread grows with its mean, such as an absolute return.
 * Targets of exactly 0 are allowed as long as one is positive. The prediction is the mean.
 */
export interface GammaLoss {
  readonly kind: 'gamma';
}

/** What trees minimise. */
export type Loss = SquaredLoss | LogisticLoss | PinballLoss | HuberLoss | GammaLoss;
