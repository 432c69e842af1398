/**
 * A number of one unit. A plain number, as it comes out of a column or a sum, is taken for one, and so a loop needs
 * neither types nor casts; a number of another unit is not.
 *
 * @example
 * type Yen = Unit<'Yen'>;
 */
export type Unit<Name extends string> = number & { readonly __brand?: Name };

/** An amount or a price in yen. */
export type Yen = Unit<'Yen'>;
