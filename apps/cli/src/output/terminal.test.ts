import { PassThrough } from 'node:stream';
import { DayTradeError } from '@daytrade/errors';
import { expect, it } from 'vitest';
import { reportError } from './report-error.ts';
import { renderTable } from './table.ts';
import { printNote, printResult, type Terminal } from './terminal.ts';

const evil = '\u001b[2J\u001b]0;pwned\u0007EVIL\u009b31m\u202e';
const seen = '\\x1b[2J\\x1b]0;pwned\\x07EVIL\\x9b31m\\x202e';

function listen(): { readonly terminal: Terminal; readonly text: () => string } {
  const stream = new PassThrough();
  return { terminal: { stdout: stream, stderr: stream } as never, text: () => String(stream.read()) };
}

it('what comes out of files cannot steer the terminal, wherever it is printed', () => {
  const { terminal, text } = listen();
  printResult(terminal, false, {}, () => `date ${evil}\nend`);
  expect(text()).toBe(`date ${seen}\nend\n`);
  printNote(terminal, `refused ${evil}.csv`);
  expect(text()).toBe(`refused ${seen}.csv\n`);
  reportError(new DayTradeError('data.file-unreadable', `${evil}: no`), false, terminal);
  expect(text()).toContain(`error: ${seen}: no\n`);
  expect(renderTable([{ title: 'name' }], [[evil]])).toBe(`name\n${seen}`);
});

it('our own colours and Japanese text stay as they are', () => {
  const { terminal, text } = listen();
  printResult(terminal, false, {}, () => '\u001b[31mトヨタ\u001b[0m');
  expect(text()).toBe('\u001b[31mトヨタ\u001b[0m\n');
});
