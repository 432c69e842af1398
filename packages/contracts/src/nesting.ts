/**
 * Whether arrays and objects lie deeper within a value than a number of levels. Goes level by level, since recursion
 * would end at the depth that is looked for.
 */
export function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    const below: unknown[] = [];
    for (const each of level) {
      if (typeof each === 'object' && each !== null)
        for (const key in each) below.push((each as Record<string, unknown>)[key]);
    }
    if (below.length === 0) return false;
    level = below;
  }
  return true;
}
