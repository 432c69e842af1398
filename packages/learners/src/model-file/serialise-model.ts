import type { Model } from '../model.ts';
import {
  aligned,
  arraysOfKind,
  checksumLength,
  checksumOf,
  formatVersion,
  type ModelHeader,
  magic,
  type NumberArray,
  prefixLength,
} from './model-file-format.ts';

/** A model as bytes: magic, version, header, arrays, SHA-256. The same model gives the same bytes. */
export function serialiseModel(model: Model): Uint8Array<ArrayBuffer> {
  const arrays = arraysOf(model);
  const header = headerBytes({
    kind: model.kind,
    names: model.names,
    scalars: scalarsOf(model),
    arrays: Object.fromEntries(arrays.map(([name, array]) => [name, array.length])),
  });
  const body = arrays.reduce((sum, [, array]) => sum + aligned(array.byteLength), 0);
  const bytes = new Uint8Array(prefixLength + header.length + body + checksumLength);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint32(4, formatVersion, true);
  view.setUint32(8, header.length, true);
  bytes.set(header, prefixLength);
  let at = prefixLength + header.length;
  for (const [, array] of arrays) {
    // Typed arrays are little-endian on every machine that Node.js runs on.
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  bytes.set(checksumOf(bytes.subarray(0, at)), at);
  return bytes;
}

function arraysOf(model: Model): [string, NumberArray][] {
  const values: Readonly<Record<string, unknown>> = { ...model };
  return Object.keys(arraysOfKind[model.kind]).map((name) => [name, values[name] as NumberArray]);
}

function scalarsOf(model: Model): ModelHeader['scalars'] {
  if (model.kind === 'trees') return { grower: model.grower, loss: model.loss, baseScore: model.baseScore };
  return { intercept: model.intercept };
}

function headerBytes(header: ModelHeader): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(aligned(prefixLength + text.length) - prefixLength).fill(0x20);
  padded.set(text);
  return padded;
}
