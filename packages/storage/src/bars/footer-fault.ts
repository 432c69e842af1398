import { type FileHandle, open } from 'node:fs/promises';
import { isWholeStruct } from './thrift-walk.ts';

/** A parquet file begins and ends with this; before the end stands the length of its footer. */
const magic = 'PAR1';
const endBytes = 8;

/**
 * What is wrong with a parquet file by its two ends and its footer, naming it; undefined when nothing is. Finds files
 * that are missing, cut off, or whose footer asks for more than there is.
 */
export async function footerFault(path: string): Promise<string | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return missing ? `${path} is missing` : `${path} cannot be opened: ${(error as Error).message}`;
  }
  try {
    const { size } = await file.stat();
    return (await isSound(file, size)) ? undefined : `${path} is not a whole parquet file (${size} bytes)`;
  } catch (error) {
    return `${path} cannot be read: ${(error as Error).message}`;
  } finally {
    await file.close();
  }
}

async function isSound(file: FileHandle, size: number): Promise<boolean> {
  const ends = Buffer.alloc(magic.length + endBytes);
  if (size <= ends.length) return false;
  await file.read(ends, 0, magic.length, 0);
  await file.read(ends, magic.length, endBytes, size - endBytes);
  const text = ends.toString('latin1');
  const length = ends.readUInt32LE(magic.length);
  if (!text.startsWith(magic) || !text.endsWith(magic) || length + ends.length > size) return false;
  const footer = Buffer.alloc(length);
  await file.read(footer, 0, length, size - endBytes - length);
  return isWholeStruct(footer);
}
