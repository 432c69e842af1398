import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'errors.md'), 'utf8');

it('no remedy sends back to the message alone, which says what is wrong and not what to do', () => {
  const circular = Object.entries(errorCodes).filter(([, { remedy }]) => remedy.startsWith('See the message'));
  expect(circular.map(([code]) => code)).toEqual([]);
});

describe('docs/errors.md', () => {
  it.each(Object.entries(errorCodes))('documents %s with its status, exit code and remedy', (code, entry) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${code}\` |`));
    expect(row).toContain(`| ${entry.kind} | ${entry.status} | ${entry.exitCode} |`);
    expect(row).toContain(entry.title);
    expect(row).toContain(entry.remedy);
  });
});
