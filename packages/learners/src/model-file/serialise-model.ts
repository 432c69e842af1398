import type { Model } from '../model.ts';

/** A model as bytes: magic, version, kind, header, arrays, SHA-256. The same model gives the same bytes. */
export declare function serialiseModel(model: Model): Uint8Array<ArrayBuffer>;
