import type { Selection } from '@daytrade/contracts';
import type { PreviousSelection } from './selection-options.ts';

/** Who came and who went since the selection before; everybody came where there is none. */
export function turnoverSince(
  previous: PreviousSelection | undefined,
  { symbols, rejected }: Pick<Selection, 'symbols' | 'rejected'>,
): Selection['turnover'] {
  const before = new Set(previous?.symbols.map(({ symbol }) => symbol));
  const now = new Set(symbols.map(({ symbol }) => symbol));
  const reasons = new Map(rejected.map((one) => [one.symbol, one.reasons]));
  const entered = [...now].filter((symbol) => !before.has(symbol));
  const left = (previous?.symbols ?? [])
    .filter(({ symbol }) => !now.has(symbol))
    .map(({ symbol, name }) => ({
      symbol,
      name,
      reasons: reasons.get(symbol) ?? ['there are no bars of it any more'],
    }));
  const share = previous === undefined || now.size === 0 ? null : entered.length / now.size;
  return { previous: previous?.asOf ?? null, entered, left, share };
}
