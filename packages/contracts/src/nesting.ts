/**
 * Whether arrays and objects lie deeper within a value than a number of levels. Goes level by level, since recursion
 * would end at the depth that is looked for.
 */
export function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; depth < most && level.length > 0; depth += 1) {
    const below: object[] = [];
    for (const each of level) {
      // Numbers and words are left out here: with each kind of value in one array, V8 compiled this anew all the time.
      for (const inner of Array.isArray(each) ? each : Object.values(each)) if (isNested(inner)) below.push(inner);
    }
    level = below;
  }
  return level.length > 0;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
