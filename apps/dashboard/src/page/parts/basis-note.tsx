import type { PriceBasis } from '@daytrade/contracts';
import { text } from '../i18n/language.ts';

const bases = ['traded', 'split-adjusted', 'fully-adjusted'] as const;

/** Says what the prices beside it are: as traded, or adjusted and therefore not quotable. */
export function BasisNote({ priced }: { readonly priced: readonly { readonly priceBasis: PriceBasis }[] }) {
  const present = bases.filter((basis) => priced.some(({ priceBasis }) => priceBasis === basis));
  return <p class="note">{present.map((basis) => text(`basis.note.${basis}`)).join(' ')}</p>;
}
