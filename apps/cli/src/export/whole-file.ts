import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { durableRename } from '@daytrade/storage/durable-rename';

const named = 3;

/**
 * Refuses to write where there are files already.
 *
 * @throws DayTradeError `output.exists`, naming the first few
 */
export function assertNew(paths: readonly string[], force: boolean): void {
  const there = force ? [] : paths.filter((path) => existsSync(path));
  if (there.length === 0) return;
  const more = there.length > named ? `, and ${there.length - named} more` : '';
  throw new DayTradeError('output.exists', `${there.slice(0, named).join(', ')}${more}: there already`, {
    details: { files: there.slice(0, 100) },
  });
}

/**
 * Fills a temporary file in the same folder, then renames it. The target is always whole, or as it was.
 *
 * @param fill writes to the path that it is given
 * @throws DayTradeError `output.unwritable`
 */
export async function writeWhole<Result>(target: string, fill: (path: string) => Promise<Result>): Promise<Result> {
  const unfinished = `${target}.unfinished-${process.pid}`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const result = await fill(unfinished);
    await durableRename(unfinished, target);
    return result;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw isSystemError(error) ? unwritable(target, error) : error;
  }
}

export interface Written {
  readonly bytes: number;
  /** Line breaks: rows of a CSV file, with its header. */
  readonly lines: number;
}

/** Writes pieces to a path as they come, no faster than the disk takes them. */
export async function writePieces(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<Written> {
  let bytes = 0;
  let lines = 0;
  const counted = async function* () {
    for await (const piece of pieces) {
      const buffer = Buffer.from(piece);
      bytes += buffer.length;
      lines += lineBreaks(buffer);
      yield buffer;
    }
  };
  await pipeline(counted, createWriteStream(path));
  return { bytes, lines };
}

function lineBreaks(buffer: Buffer): number {
  let count = 0;
  for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, at + 1)) count += 1;
  return count;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return !isDayTradeError(error) && error instanceof Error && 'syscall' in error;
}

function unwritable(target: string, error: Error): DayTradeError {
  return new DayTradeError('output.unwritable', `${target} cannot be written: ${error.message}`, {
    details: { file: target },
    cause: error,
  });
}
