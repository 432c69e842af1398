import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeApi } from '../../scripts/describe-api.ts';

const root = join(import.meta.dirname, '..', '..');

it('docs/api.txt lists each field of requests, answers and jobs with its bounds and default', () => {
  const lines = readFileSync(join(root, 'docs', 'api.txt'), 'utf8').split('\n');
  expect(describeApi().split('\n'), 'node scripts/run.mjs scripts/write-reference-pages.ts').toEqual(lines);
});

it('docs/errors.md and docs/settings.md say what the code says', () => {
  const script = join(root, 'scripts', 'write-reference-pages.ts');
  const { stderr, status } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
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
