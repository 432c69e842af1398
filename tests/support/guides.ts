/** Each guide in English and in Japanese. */
export const guidePairs = [
  ['docs/guide.md', 'docs/guide.ja.md'],
  ['docs/strategies.md', 'docs/strategies.ja.md'],
  ['docs/operations.md', 'docs/operations.ja.md'],
  ['docs/scaling.md', 'docs/scaling.ja.md'],
  ['docs/troubleshooting.md', 'docs/troubleshooting.ja.md'],
  ['docs/SECURITY.md', 'docs/security.ja.md'],
] as const;

const english = new Map<string, string>([
  ['docs/README.ja.md', 'README.md'],
  ...guidePairs.map(([inEnglish, inJapanese]) => [inJapanese, inEnglish] as const),
]);

/** A page or picture by its English name, since a page links to those of its own language. */
export function inEnglish(target: string): string {
  return english.get(target) ?? target.replace(/\.ja\.png$/, '.png');
}
