import { type EnvironmentName, environmentNames } from '../environments.ts';

/** What an environment of a cloud costs. */
export interface CloudCosts {
  /** Dollars a month by part, with the least number of machines that an environment keeps. */
  readonly monthly: (environment: EnvironmentName) => Readonly<Record<string, number>>;
  /** The parts that fall away with a variable, by its assignment. */
  readonly without: Readonly<Record<string, readonly string[]>>;
}

/** The lines of a table of all environments. */
export function costTable({ monthly, without }: CloudCosts): string[] {
  const costs = environmentNames.map(monthly);
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
  ];
}
