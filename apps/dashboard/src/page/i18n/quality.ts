import { qualityMessageInJapanese } from '@daytrade/contracts/japanese';
import { language } from './language.ts';

/** Returns a message of the quality gate about a row. */
export function qualityMessageLabel(message: string): string {
  return language.value === 'en' ? message : qualityMessageInJapanese(message);
}
