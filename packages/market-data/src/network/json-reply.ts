import { DayTradeError } from '@daytrade/errors';
import type { NetworkAnswer } from './limited-requests.ts';

/**
 * What an answer has as JSON.
 *
 * @param what names the answer in messages
 * @param addressSetting the setting of the address, which may be wrong where a page comes
 * @throws DayTradeError `data.provider-reply-invalid` for a page of HTML; `data.provider-failed` for what ends early
 */
export function parseJsonReply({ headers, bytes }: NetworkAnswer, what: string, addressSetting: string): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    if (/html/i.test(type) || /^\s*</.test(text)) {
      const question = `is ${addressSetting} right, or does a proxy answer?`;
      const message = `${what}: a page of HTML came in the place of JSON: ${question}`;
      throw new DayTradeError('data.provider-reply-invalid', message, { details: { type } });
    }
    // A body that ends early without its end being announced is not JSON either, and may be whole the next time.
    throw new DayTradeError(
      'data.provider-failed',
      `${what}: the reply is not JSON, or ends early (${text.length} characters)`,
    );
  }
}

/** @throws DayTradeError `data.provider-reply-invalid` */
export function invalid(what: string, why: string): DayTradeError {
  return new DayTradeError('data.provider-reply-invalid', `${what}: ${why}`);
}
