import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DayTradeError } from '@daytrade/errors';
import { invalid } from '../network/json-reply.ts';

const unzip = promisify(gunzip);
/** A month of all issues has about ten million bytes. */
const mostBytes = 128 * 1024 * 1024;

/**
 * The text of a file packed with gzip; of one that came unpacked, since what carries it may have done that, as it is.
 *
 * @param what names it in the messages
 * @throws DayTradeError `data.provider-failed` where it ends early, which may be whole the next time;
 * `data.provider-reply-invalid` where it is none, or unpacks to too much
 */
export async function unpack(bytes: Uint8Array, what: string): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new TextDecoder().decode(isPacked ? await unzip(bytes, { maxOutputLength: mostBytes }).catch(explain) : bytes);

  function explain({ code }: NodeJS.ErrnoException): never {
    if (code === 'Z_BUF_ERROR') throw new DayTradeError('data.provider-failed', `${what}: the file ends early`);
    throw invalid(what, code === 'ERR_BUFFER_TOO_LARGE' ? 'the file unpacks to too much' : 'the file is damaged');
  }
}
