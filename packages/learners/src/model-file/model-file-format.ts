import { createHash } from 'node:crypto';

/*
 * A model file, little-endian:
 *   0   4 bytes  "DTLM"
 *   4   u32      version
 *   8   u32      length of the header in bytes
 *   12           header: JSON with the kind of model, its scalars and the type and length of each array, padded
 *                with spaces so that the arrays begin at a multiple of 8
 *                the arrays in the order of the header, each padded with zeros to a multiple of 8
 *   -32 32 bytes SHA-256 of all that comes before
 */

export const magic = 'DTLM';
/** Version 1 had no covers of leaves. */
export const formatVersion = 2;
export const prefixLength = 12;
export const checksumLength = 32;

/** The types of arrays that a file can hold. */
export const arrayTypes = { f64: Float64Array, i32: Int32Array, u16: Uint16Array, u8: Uint8Array } as const;
export type ArrayType = keyof typeof arrayTypes;
export type NumberArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

/** The arrays of each kind of model, in the order of the file. */
export const arraysOfKind = {
  trees: {
    roots: 'i32',
    feature: 'u16',
    threshold: 'f64',
    left: 'i32',
    right: 'i32',
    missingLeft: 'u8',
    leafValues: 'f64',
    importance: 'f64',
    leafCover: 'f64',
  },
  ridge: { means: 'f64', coefficients: 'f64' },
} as const satisfies Record<string, Record<string, ArrayType>>;

export type ModelKind = keyof typeof arraysOfKind;

/** The header: `arrays` holds the length of each array. */
export interface ModelHeader {
  readonly kind: ModelKind;
  readonly names: readonly string[];
  readonly scalars: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, number>>;
}

export function checksumOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** The next multiple of 8. */
export function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}
