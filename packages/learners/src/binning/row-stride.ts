/** Bytes of a row in row-major bins: the number of columns, rounded up to a multiple of 8. */
export function rowStride({ names }: { readonly names: readonly string[] }): number {
  return Math.ceil(names.length / 8) * 8;
}
