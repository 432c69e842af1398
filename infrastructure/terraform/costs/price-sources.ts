/** Where some prices of a table are from. */
export interface PriceSource {
  readonly source: string;
  /** When they were published there or, from memory, written down: `YYYY-MM-DD`. */
  readonly date: string;
  /** Their names in the table. */
  readonly prices: readonly string[];
}

/** Days after which a price should be looked up again. */
export const freshDays = 180;

/** Names of a table's prices that no source, or more than one, is named for, and names that the table has not. */
export function unsourcedPrices(table: object, sources: readonly PriceSource[]): string[] {
  const sourced = sources.flatMap(({ prices }) => prices);
  const names = new Set([...Object.keys(table), ...sourced]);
  return [...names].filter((name) => !(name in table) || sourced.filter((other) => other === name).length !== 1);
}

/** Sources whose date is further back than prices stay fresh. */
export function oldSources(sources: readonly PriceSource[], now: Date): PriceSource[] {
  return sources.filter(({ date }) => now.getTime() - Date.parse(date) > freshDays * 86_400_000);
}

/** The price of a kind. @throws Error for a kind without one */
export function priceOf(prices: Readonly<Record<string, number>>, kind: unknown): number {
  const found = prices[String(kind)];
  if (found === undefined) throw new Error(`the table of prices has none of ${String(kind)}`);
  return found;
}
