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

/** All waivers in the Terraform files below a folder. */
export function readWaivers(folder: string): Waiver[] {
  return globSync('**/*.tf', { cwd: folder, exclude: ['**/.terraform/**'] })
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n');
      return lines.flatMap((line, index) => parseWaiver(line, `${file}:${index + 1}`));
    });
}

function parseWaiver(line: string, where: string): Waiver[] {
  const found = /checkov:skip=([A-Z0-9_]+):?\s*(.*)$/.exec(line);
  if (found === null) return [];
  const [, id = '', reason = ''] = found;
  return [{ where, id, reason, until: /until (\d{4}-\d\d-\d\d)/.exec(reason)?.[1] }];
}

/** What is wrong with a waiver on a day; undefined for one that counts. */
export function problemOf(waiver: Waiver, today: string): string | undefined {
  if (waiver.until === undefined) return `${waiver.where}: ${waiver.id} has no "until YYYY-MM-DD"`;
  if (waiver.until < today) return `${waiver.where}: ${waiver.id} ended on ${waiver.until}`;
  const words = waiver.reason.replace(/\(?until \d{4}-\d\d-\d\d\)?/, '').trim();
  return words.length < 20 ? `${waiver.where}: ${waiver.id} has no reason` : undefined;
}
