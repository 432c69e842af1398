const suggestions = 3;

/**
 * Known codes that differ from a mistyped one in a single character or by two neighbours that changed places; at most three.
 *
 * @example nearestCodes('7230', ['6758', '7203']) // ['7203']
 */
export function nearestCodes(code: string, known: Iterable<string>): string[] {
  return [...known].filter((candidate) => isOneSlipAway(code, candidate)).slice(0, suggestions);
}

function isOneSlipAway(code: string, candidate: string): boolean {
  if (code.length !== candidate.length) return false;
  const different = [...code].keys().filter((at) => code[at] !== candidate[at]);
  const [first, second, third] = [...different] as [number?, number?, number?];
  if (first === undefined || third !== undefined) return false;
  if (second === undefined) return true;
  return second === first + 1 && code[first] === candidate[second] && code[second] === candidate[first];
}
