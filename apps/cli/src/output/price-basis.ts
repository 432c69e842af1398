import type { PriceBasis } from '@daytrade/contracts';
import { count } from './format.ts';

const words: Readonly<Record<PriceBasis, string>> = {
  traded: 'as traded',
  'split-adjusted': 'split-adjusted: those before the last split were never quoted at these levels',
  'fully-adjusted': "split- and dividend-adjusted: not quotable, today's ticks and limits do not apply",
};

/** What the prices of some symbols are, in a sentence for each basis. */
export function basisInWords(priced: readonly { readonly priceBasis: PriceBasis }[]): string[] {
  const bases = (Object.keys(words) as PriceBasis[]).filter((basis) =>
    priced.some((each) => each.priceBasis === basis),
  );
  return bases.map((basis) => {
    const symbols = priced.filter((each) => each.priceBasis === basis).length;
    return (
      `Prices${bases.length === 1 ? '' : ` of ${count(symbols)} symbol${symbols === 1 ? '' : 's'}`} are ` +
      `${words[basis]}.`
    );
  });
}
