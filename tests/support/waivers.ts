import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { figure } from './figure.ts';

/** The form of a waiver in a comment: `checkov:skip=ID: reason (until YYYY-MM-DD)`. */
export const commentForm = /checkov:skip=(CKV2?_[A-Z0-9_]+):?\s*(.*)$/;

/** The form of a waiver in `skip-check` of checkov's settings, for every resource of a kind. */
export const settingForm = /^ {2}- (CKV2?_\w+)(?! # replaced by)\s*(?:#\s*(.*))?$/;

/**
 * Expects few waivers of policies, each with a reason and a day that has not come.
 * @param files the glob of the files below the folder
 * @param forms each with the policy first, then its reason
 */
export function expectWaivers(folder: string, files: string, forms: readonly RegExp[], most: number): void {
  const today = new Date().toISOString().slice(0, 10);
  const found = globSync(files, { cwd: folder, exclude: ['**/.terraform/**'] }).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .map((line) => forms.map((form) => form.exec(line)).find((match) => match !== null))
      .filter((match) => match !== undefined)
      .map(([, id = '', reason = '']) => ({ id, reason, file })),
  );
  figure(`policy waivers of ${folder}`, found.length);
  for (const { id, file, reason } of found) console.log(`waived: ${id} in ${file}: ${reason}`);
  expect(found.length).toBeLessThanOrEqual(most);
  expect(found.flatMap(({ id, reason }) => problemOf(reason, today).map((problem) => `${id} ${problem}`))).toEqual([]);
}

/** Returns what is wrong with a waiver on a day. */
function problemOf(reason: string, today: string): string[] {
  const until = /until (\d{4}-\d\d-\d\d)/.exec(reason)?.[1];
  if (until === undefined) return ['has no "until YYYY-MM-DD"'];
  if (until < today) return [`ended on ${until}`];
  const words = reason.replace(/\(?until \d{4}-\d\d-\d\d\)?/, '').trim();
  return words.length < 20 ? ['has no reason'] : [];
}
