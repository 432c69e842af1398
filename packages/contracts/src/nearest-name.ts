/** A third of the letters may be wrong: beyond that two names merely look alike. */
const mostWrong = 1 / 3;

/**
 * The name that was probably meant: the one with the fewest letters to add, drop, exchange or swap with a neighbour
 * (optimal string alignment). A name that contains what was written comes before none at all.
 *
 * @returns undefined where no name is near
 * @example nearestName('jquants.plam', ['jquants.plan', 'jquants.url']) // 'jquants.plan'
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const byDistance = names.map((name) => ({ name, slips: slipsBetween(written, name) }));
  const [nearest] = byDistance.toSorted((one, other) => one.slips - other.slips);
  if (nearest !== undefined && nearest.slips <= mostWrong * nearest.name.length) return nearest.name;
  return names.find((name) => written.length > 2 && name.includes(written));
}

function slipsBetween(one: string, other: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const exchanged = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(above, column) + 1,
          at(current, column - 1) + 1,
          at(above, column - 1) + exchanged,
          swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, above] = [above, current];
  }
  return at(above, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
