import { open } from 'node:fs/promises';

/** A parquet file begins and ends with this; before the end stands the length of its footer. */
const magic = 'PAR1';
const endBytes = 8;

/** What is wrong with a parquet file by its two ends, naming it; undefined when nothing is. Finds files that are missing or cut off. */
export async function footerFault(path: string): Promise<string | undefined> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return missing ? `${path} is missing` : `${path} cannot be opened: ${(error as Error).message}`;
  }
  try {
    const { size } = await file.stat();
    const ends = Buffer.alloc(magic.length + endBytes);
    await file.read(ends, 0, magic.length, 0);
    await file.read(ends, magic.length, endBytes, Math.max(0, size - endBytes));
    const text = ends.toString('latin1');
    const whole = size > ends.length && text.startsWith(magic) && text.endsWith(magic);
    if (whole && ends.readUInt32LE(magic.length) + ends.length <= size) return undefined;
    return `${path} is no whole parquet file (${size} bytes)`;
  } finally {
    await file.close();
  }
}
