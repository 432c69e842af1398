import { type EnvironmentName, environmentNames } from '../environments.ts';
import type { VariableValues } from './variable-values.ts';

/** What an environment of a cloud costs. */
export interface CloudCosts {
  /**
   * Dollars a month by part, with the least number of machines that an environment keeps.
   * @param chosen values in place of the environment's own
   */
  readonly monthly: (environment: EnvironmentName, chosen?: VariableValues) => Readonly<Record<string, number>>;
  /** The parts that fall away with a variable, by its assignment. */
  readonly without: Readonly<Record<string, readonly string[]>>;
  /** Other values of variables that save something, by their assignment. */
  readonly savings?: Readonly<Record<string, VariableValues>>;
}

/** The lines of a table of all environments. */
export function costTable({ monthly, without, savings = {} }: CloudCosts): string[] {
  const costs = environmentNames.map((name) => monthly(name));
  const line = (title: string, amounts: readonly number[]) =>
    `| ${title} | ${amounts.map((amount) => Math.round(amount)).join(' | ')} |`;
  const sum = (left: readonly string[]) =>
    costs.map((cost) =>
      Object.entries(cost).reduce((total, [part, amount]) => total + (left.includes(part) ? 0 : amount), 0),
    );
  return [
    `| US dollars a month | ${environmentNames.join(' | ')} |`,
    '| --- | --: | --: | --: |',
    ...Object.keys(costs[0] ?? {}).map((part) =>
      line(
        part,
        costs.map((cost) => cost[part] ?? 0),
      ),
    ),
    line('**all**', sum([])),
    ...Object.entries(without).map(([choice, parts]) => line(`with \`${choice}\``, sum(parts))),
    ...Object.entries(savings).map(([choice, values]) =>
      line(
        `with \`${choice}\``,
        environmentNames.map((name) =>
          Object.values(monthly(name, values)).reduce((total, amount) => total + amount, 0),
        ),
      ),
    ),
  ];
}
