import { yen } from '../model/format.ts';

/**
 * A price in yen; one without a decimal keeps the room of one, so that prices of different ticks stand decimal under
 * decimal.
 */
export function Price({ value }: { readonly value: number | null }) {
  const shown = yen(value);
  return <span class={shown.includes('.') ? 'price' : 'price whole'}>{shown}</span>;
}
