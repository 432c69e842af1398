import { paperReasonInJapanese } from '@daytrade/contracts/japanese';
import { count } from '../model/format.ts';
import { language, text } from './language.ts';

/** A reason in the reader's language, and the words of a person as they were written. */
export interface ReasonWords {
  readonly label: string;
  /** Null where the platform halted it. */
  readonly quoted: string | null;
}

/** Returns why an order ended, a session has no orders, or a book was halted. */
export function paperReason(reason: string): ReasonWords {
  const halt = /^halted: (.*)$/s.exec(reason)?.[1];
  if (halt !== undefined) {
    const { label, quoted } = paperReason(halt);
    return { label: [text('paper.haltedBy'), ...(label === '' ? [] : [label])].join(': '), quoted };
  }
  const japanese = paperReasonInJapanese(reason);
  if (japanese === undefined) return { label: '', quoted: reason };
  const sentence = language.value === 'en' ? reason : japanese;
  return { label: sentence.replace(/\d{4,}/, (figure) => count(Number(figure))), quoted: null };
}
