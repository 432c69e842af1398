/** What each kind of resource of a cloud costs. */
export interface CloudKinds<Price extends string = string> {
  /** Kinds that are paid for, each with what of the prices it is counted by. */
  readonly priced: Readonly<Record<string, readonly Price[]>>;
  /** Kinds that cost nothing, or whose price is that of what they belong to. */
  readonly free: readonly string[];
}

/** What is wrong with the list of a cloud's kinds; empty while every kind has its place, and every price a kind. */
export function faultsOfKinds(
  { priced, free }: CloudKinds,
  declared: ReadonlySet<string>,
  prices: object,
): readonly string[] {
  const listed = [...Object.keys(priced), ...free];
  const counted = new Set(Object.values(priced).flat());
  return [
    ...[...declared].filter((kind) => !listed.includes(kind)).map((kind) => `${kind} has no price and is not free`),
    ...listed.filter((kind) => !declared.has(kind)).map((kind) => `${kind} is listed and not declared`),
    ...listed.filter((kind, place) => listed.indexOf(kind) !== place).map((kind) => `${kind} is listed twice`),
    ...Object.keys(priced)
      .filter((kind) => priced[kind]?.length === 0)
      .map((kind) => `${kind} is paid for by no price`),
    ...Object.keys(prices)
      .filter((price) => !counted.has(price))
      .map((price) => `no kind is counted by the price ${price}`),
  ];
}
