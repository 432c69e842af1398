import type { ParameterDefinition } from './strategy.ts';

/** How many symbols are looked at. */
export const most: ParameterDefinition = {
  name: 'most',
  description: 'symbols in a session at most, those with the largest turnover',
  low: 1,
  high: 500,
  whole: true,
  default: 10,
  candidates: [10],
};

/** How much of the equity is used. */
export const invested: ParameterDefinition = {
  name: 'invested',
  description: 'share of the equity that is used in a session',
  low: 0.01,
  high: 3,
  default: 0.9,
  candidates: [0.9],
};
