import { DayTradeError } from '@daytrade/errors';

/**
 * Reads a body as text and stops where it gets longer than it may be. What counts is its length when unpacked, so that
 * a small one which unpacks to gigabytes ends there too.
 *
 * @param what names the reply in the message
 * @throws DayTradeError `data.provider-reply-invalid` when it is too long; what the connection throws when it is cut
 * off
 */
export async function readBounded(response: Response, mostBytes: number, what: string): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop by an error closes the connection.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      const message = `${what}: the reply has more than ${mostBytes.toLocaleString('en-GB')} bytes; nothing of it was used`;
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { mostBytes } });
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
