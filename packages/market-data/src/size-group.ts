import type { TickTable } from '@daytrade/market';

/** Size groups whose shares have the narrow tick table (TOPIX 500). */
const topix500Groups = new Set(['large', 'mid', 'topix core30', 'topix large70', 'topix mid400']);

/** The tick table of a size group, in any spelling; the wide one where the group is not known. */
export function tickTableOf(sizeGroup: string | null): TickTable {
  return topix500Groups.has(sizeGroup?.toLowerCase() ?? '') ? 'topix500' : 'standard';
}
