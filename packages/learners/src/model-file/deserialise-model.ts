import type { Model } from '../model.ts';

/**
 * The reverse of {@link serialiseModel}.
 *
 * @throws DayTradeError `model.file-invalid` for bytes that are damaged, truncated, of a newer version or no model at all
 */
export declare function deserialiseModel(bytes: Uint8Array): Model;
