/** Zeros on a SharedArrayBuffer, which a task in another thread gets without a copy. */
export function sharedArray(length: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** The same of 32 bits each, as features are. */
export function sharedFeatures(length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

/** The same numbers on a SharedArrayBuffer: the array itself where it lies on one. */
export function onSharedMemory(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = sharedArray(values.length);
  copy.set(values);
  return copy;
}
