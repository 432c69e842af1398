import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A policy that the code does not follow, by decision: a `checkov:skip=ID: reason (until YYYY-MM-DD)` comment. */
export interface Waiver {
  /** File and line. */
  readonly where: string;
  readonly id: string;
  readonly reason: string;
  /** The last day on which it counts; undefined when the comment names none. */
  readonly until: string | undefined;
}

/** The form of a waiver in a comment. */
export const commentForm = /checkov:skip=([A-Z0-9_]+):?\s*(.*)$/;

/** All waivers in the Terraform files below a folder. */
export function readWaivers(folder: string): Waiver[] {
  return waiversBelow(folder, globSync('**/*.tf', { cwd: folder, exclude: ['**/.terraform/**'] }), [commentForm]);
}

/**
 * All waivers in files below a folder, in whichever of the forms each is written: its policy first, then its reason.
 */
export function waiversBelow(folder: string, files: readonly string[], forms: readonly RegExp[]): Waiver[] {
  return files.toSorted().flatMap((file) => waiversIn(readFileSync(join(folder, file), 'utf8'), file, forms));
}

/** The waivers of one file's text. */
export function waiversIn(text: string, file: string, forms: readonly RegExp[]): Waiver[] {
  return text.split('\n').flatMap((line, index) => {
    const found = forms.map((form) => form.exec(line)).find((match) => match !== null);
    if (!found) return [];
    const [, id = '', reason = ''] = found;
    return [{ where: `${file}:${index + 1}`, id, reason, until: /until (\d{4}-\d\d-\d\d)/.exec(reason)?.[1] }];
  });
}

/** What is wrong with a waiver on a day; undefined for one that counts. */
export function problemOf(waiver: Waiver, today: string): string | undefined {
  if (waiver.until === undefined) return `${waiver.where}: ${waiver.id} has no "until YYYY-MM-DD"`;
  if (waiver.until < today) return `${waiver.where}: ${waiver.id} ended on ${waiver.until}`;
  const words = waiver.reason.replace(/\(?until \d{4}-\d\d-\d\d\)?/, '').trim();
  return words.length < 20 ? `${waiver.where}: ${waiver.id} has no reason` : undefined;
}
