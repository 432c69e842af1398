import type { Account } from '../account/account.ts';
import type { View } from '../backtest/view.ts';
import type { Order } from '../rules/order.ts';

/** Part of the account that a strategy sees. */
type AccountView = Pick<Account, 'kind' | 'equity' | 'cash' | 'exposure' | 'sharesOf' | 'held'>;

/** Returns the orders of a session before it opens. Pure: the same view and account give the same orders. */
export type Decide = (view: View, account: AccountView) => readonly Order[];

/** A numeric parameter of a strategy with its range. */
interface ParameterDefinition {
  readonly name: string;
  readonly description: string;
  readonly low: number;
  readonly high: number;
  /** Accepts whole numbers only. */
  readonly whole?: boolean;
  readonly default: number;
  /** Values that the walk-forward choice tries. */
  readonly candidates: readonly number[];
}

export type Parameters = Readonly<Record<string, number>>;
/** Values to try by parameter. */
export type Candidates = Readonly<Record<string, readonly number[]>>;

/** A trading rule. */
export interface Strategy {
  readonly name: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDefinition[];
  /** Acts on forecasts: sessions without any do not count. */
  readonly needsForecasts: boolean;
  with(parameters: Parameters): Decide;
}

/** Shared parameter: number of symbols in a session. */
export const most: ParameterDefinition = {
  name: 'most',
  description: 'symbols in a session at most, those with the largest turnover',
  low: 1,
  high: 500,
  whole: true,
  default: 10,
  candidates: [10],
};

/** Shared parameter: share of the equity in use. */
export const invested: ParameterDefinition = {
  name: 'invested',
  description: 'share of the equity that is used in a session',
  low: 0.01,
  high: 3,
  default: 0.9,
  candidates: [0.9],
};
