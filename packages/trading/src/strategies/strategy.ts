import type { Account } from '../account/account.ts';
import type { View } from '../backtest/view.ts';
import type { Order } from '../rules/order.ts';

/** What a strategy knows of its account. */
export type AccountView = Pick<Account, 'kind' | 'equity' | 'cash' | 'exposure' | 'sharesOf' | 'held'>;

/** What is done with the day before it opens. Pure: the same view and account give the same orders. */
export type Decide = (view: View, account: AccountView) => readonly Order[];

/** One number of a strategy, and where it may lie. */
export interface ParameterDefinition {
  readonly name: string;
  readonly description: string;
  readonly low: number;
  readonly high: number;
  /** Only whole numbers; they alone are rounded. */
  readonly whole?: boolean;
  readonly default: number;
  /** Values among which the walk-forward choice picks. */
  readonly candidates: readonly number[];
}

export type Parameters = Readonly<Record<string, number>>;

/** A rule by which orders are made. */
export interface Strategy {
  readonly name: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDefinition[];
  /** Whether it acts on forecasts: sessions without any are none of it. */
  readonly needsForecasts: boolean;
  /** Binds its parameters. */
  with(parameters: Parameters): Decide;
}
