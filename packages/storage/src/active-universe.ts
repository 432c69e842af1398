/**
 * The symbols that training, selection and predictions are about: the real ones as soon as there is one, else the synthetic ones.
 * The two are never mixed, so real bars displace synthetic ones and nothing made from both can exist.
 */
export function activeUniverse<Entry extends { readonly synthetic: boolean }>(
  symbols: readonly Entry[],
): readonly Entry[] {
  const real = symbols.filter((entry) => !entry.synthetic);
  return real.length > 0 ? real : symbols;
}
