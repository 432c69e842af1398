import { DayTradeError } from '@daytrade/errors';

/**
 * Reads a body and stops where it gets longer than it may be. What counts is its length when unpacked, so that a
 * small one which unpacks to gigabytes ends there too.
 *
 * @param what names the reply in the message
 * @throws DayTradeError `data.provider-reply-invalid` when it is too long; what the connection throws when it is cut
 * off
 */
export async function readBoundedBytes(response: Response, mostBytes: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body === null) return Buffer.concat(chunks);
  // Leaving the loop by an error closes the connection.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      const most = mostBytes.toLocaleString('en-GB');
      const message = `${what}: the reply has more than ${most} bytes; nothing of it was used`;
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { mostBytes } });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
