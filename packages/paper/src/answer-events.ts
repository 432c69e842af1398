import type { PaperEvent } from '@daytrade/contracts';
import type { Author } from './book-changes.ts';
import type { Answer } from './gateway.ts';
import type { BookOrder } from './paper-book.ts';

/** What is written down of a broker's answer to an order: nothing where it is not known. */
export function answerEvents(
  { key, session }: Pick<BookOrder, 'key' | 'session'>,
  answer: Answer,
  author: Author,
): readonly PaperEvent[] {
  const head = { session, order: key, ...author };
  if (answer.accepted === 'unknown') return [];
  if (!answer.accepted) return [{ ...head, key: `${key} refused`, kind: 'refused', reason: answer.reason }];
  const { brokerId } = answer;
  return [{ ...head, key: `${key} accepted`, kind: 'accepted', ...(brokerId === undefined ? {} : { brokerId }) }];
}
