const suggestions = 3;

/**
 * Known codes that differ from a mistyped one in a single character or by two neighbours that changed places; at most
 * three.
 *
 * @example nearestCodes('7230', ['6758', '7203']) // ['7203']
 */
export function nearestCodes(code: string, known: Iterable<string>): string[] {
  return [...known].filter((candidate) => isOneSlipAway(code, candidate)).slice(0, suggestions);
}

function isOneSlipAway(code: string, candidate: string): boolean {
  if (code.length !== candidate.length) return false;
  const different = Array.from(code, (_, at) => at).filter((at) => code[at] !== candidate[at]);
  const [first, second] = different as [number, number];
  if (different.length < 2) return different.length === 1;
  const changedPlaces = code[first] === candidate[second] && code[second] === candidate[first];
  return different.length === 2 && second === first + 1 && changedPlaces;
}
