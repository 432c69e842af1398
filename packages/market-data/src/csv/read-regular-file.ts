import { closeSync, constants, fstatSync, open, read, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import { DayTradeError } from '@daytrade/errors';
import { largestFile, unreadable } from './file-error.ts';
import { systemReason } from './system-reason.ts';

/** What may wait for a disk or a network is waited for; what the system knows of an open file is not. */
const opened = promisify(open);
const readInto = promisify(read);

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
    const descriptor = await opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw unreadable(file, `it is ${kindOf(stats)}; expected a file of CSV text`);
      if (stats.size > largestFile) {
        throw unreadable(file, `the file has ${stats.size} bytes; expected at most ${largestFile}`);
      }
      // Never more than what it had, however fast it grows.
      const bytes = Buffer.allocUnsafeSlow(stats.size);
      let length = 0;
      for (let more = 1; length < bytes.length && more > 0; length += more) {
        more = (await readInto(descriptor, bytes, length, bytes.length - length, length)).bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      closeSync(descriptor);
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
