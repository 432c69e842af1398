/** Orders texts by their UTF-16 code units, as `sort` expects: ISO dates by time, codes and names the same everywhere. */
export function compareText(first: string, second: string): number {
  return Number(first > second) - Number(first < second);
}
