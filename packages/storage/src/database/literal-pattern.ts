/** A text that LIKE takes as it stands. */
export function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
