import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { largestFile, unreadable } from './file-error.ts';
import { systemReason } from './system-reason.ts';

/** Codes of system errors that pass by themselves. */
const passing = new Set(['EAGAIN', 'EBUSY', 'EMFILE', 'ENFILE', 'ETIMEDOUT']);

/**
 * The bytes of a regular file that is no larger than a file of bars can be. Pipes, devices, sockets and folders are
 * refused before anything is read of them, and opening one never waits for its other end.
 *
 * @param file name for the messages
 * @throws DayTradeError `data.file-unreadable`; `data.provider-failed` for what may pass by itself; the reason of the
 * signal
 */
export async function readRegularFile(path: string, file: string, signal?: AbortSignal): Promise<Uint8Array> {
  return await unlessAborted(readBounded(path, file), signal);
}

/**
 * What a promise gives, unless the signal is aborted before: work on a dead mount never ends, and cannot be stopped
 * either.
 */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return await work;
  signal.throwIfAborted();
  return await new Promise<Value>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function readBounded(path: string, file: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw unreadable(file, `it is ${kindOf(stats)}; expected a file of CSV text`);
      if (stats.size > largestFile) {
        throw unreadable(file, `the file has ${stats.size} bytes; expected at most ${largestFile}`);
      }
      // Never more than what it had, however fast it grows.
      const bytes = Buffer.alloc(stats.size);
      let read = 0;
      for (let more = 1; read < bytes.length && more > 0; read += more) {
        more = (await handle.read(bytes, read, bytes.length - read, read)).bytesRead;
      }
      return bytes.subarray(0, read);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    const reason = systemReason(error);
    if (!passing.has((error as NodeJS.ErrnoException).code ?? '')) throw unreadable(file, reason, error);
    throw new DayTradeError('data.provider-failed', `${file}: ${reason}`, { details: { file }, cause: error });
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
