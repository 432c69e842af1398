/**
 * Whether arrays and objects lie deeper within a value than so many levels. Goes level by level, since recursion would end at
 * the depth that is looked for.
 */
export function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}
