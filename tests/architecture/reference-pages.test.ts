import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referencePages } from '../../scripts/reference-pages.ts';

const root = join(import.meta.dirname, '..', '..');

it.each(Object.entries(referencePages()))('%s says what the code says', (file, text) => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  expect(lines, 'node scripts/run.mjs scripts/write-reference-pages.ts').toEqual(text.split('\n'));
});

it('a decision has a number of its own, the one that its heading says, and a line in the list, in order', () => {
  const folder = join(root, 'docs', 'decisions');
  const pages = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
  const numbers = pages.map((name) => name.slice(0, 4));
  expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([]);
  const list = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const page of pages)
    expect(readFileSync(join(folder, page), 'utf8')).toMatch(new RegExp(`^# ${page.slice(0, 4)} `));
  const entries = [...list.matchAll(/^- \[\d{4}\]\(([^)]+)\): \S.*(?:\n {2}\S.*)*/gm)];
  expect(entries.map(([, page]) => page)).toEqual(pages.toSorted());
  const [, body = ''] = list.split('decision, consequences.\n');
  expect(body.trim(), 'nothing stands between the lines of the list').toBe(entries.map(([entry]) => entry).join('\n'));
});
