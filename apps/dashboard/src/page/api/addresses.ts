import type { Addresses } from '@daytrade/contracts';

declare const ADDRESSES: Addresses;

/** Service, method and path of each route, which the build of the page puts in. */
export const addresses = ADDRESSES;
