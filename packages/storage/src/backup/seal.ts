import { createCipheriv, createDecipheriv } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { BackupKey } from './backup-key.ts';

const cipher = 'aes-256-gcm';
/** Every content has a key of its own, which its name decides, so one nonce never seals two of them. */
const nonce = Buffer.alloc(12);
const tagBytes = 16;
/** The first byte of a content says how the rest is written. */
const plain = 0;
const compressed = 1;

/** A piece of a backup as it is stored. */
export interface SealedPiece {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Encrypts a piece (AES-256-GCM). The same content under the same key is the same piece, byte by byte. */
export async function seal(key: BackupKey, content: Uint8Array, compress: boolean): Promise<SealedPiece> {
  const body = compress ? await promisify(zstdCompress)(content) : content;
  const marked = Buffer.concat([Buffer.of(compress ? compressed : plain), body]);
  const name = key.nameOf(marked);
  const sealing = createCipheriv(cipher, key.keyOf(name), nonce, { authTagLength: tagBytes });
  sealing.setAAD(Buffer.from(name));
  return { name, bytes: Buffer.concat([sealing.update(marked), sealing.final(), sealing.getAuthTag()]) };
}

/** The content of a piece; undefined where it is not, bit for bit, what was sealed under this name and key. */
export async function unseal(key: BackupKey, name: string, bytes: Uint8Array): Promise<Buffer | undefined> {
  if (bytes.length <= tagBytes) return undefined;
  const opening = createDecipheriv(cipher, key.keyOf(name), nonce, { authTagLength: tagBytes });
  opening.setAAD(Buffer.from(name));
  opening.setAuthTag(bytes.subarray(-tagBytes));
  const opened = opening.update(bytes.subarray(0, -tagBytes));
  try {
    opening.final();
  } catch {
    return undefined;
  }
  return opened[0] === compressed ? await promisify(zstdDecompress)(opened.subarray(1)) : opened.subarray(1);
}
