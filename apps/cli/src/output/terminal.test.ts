import { PassThrough } from 'node:stream';
import { DayTradeError, errorCodes } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { table } from './table.ts';
import { printNote, printResult, reportError, resultLines, type Terminal } from './terminal.ts';

const evil = '\u001b[2J\u001b]0;pwned\u0007EVIL\u009b31m\u202e';
const seen = '\\x1b[2J\\x1b]0;pwned\\x07EVIL\\x9b31m\\x202e';

function listen(): { readonly terminal: Terminal; readonly text: () => string } {
  const stream = new PassThrough();
  return { terminal: { stdout: stream, stderr: stream } as never, text: () => String(stream.read()) };
}

it('what comes out of files cannot steer the terminal, wherever it is printed', () => {
  const { terminal, text } = listen();
  printResult({ terminal, json: false }, {}, () => `date ${evil}\nend`);
  expect(text()).toBe(`date ${seen}\nend\n`);
  printNote(terminal, `refused ${evil}.csv`);
  expect(text()).toBe(`refused ${seen}.csv\n`);
  reportError(new DayTradeError('data.file-unreadable', `${evil}: no`), false, terminal);
  expect(text()).toContain(`error: ${seen}: no\n`);
  expect(table([evil], { name: (text) => text })).toBe(`name\n${seen}`);
});

function reported(error: unknown, json = false): { readonly exitCode: number; readonly text: string } {
  const parts: string[] = [];
  const stderr = { write: (part: string) => parts.push(part) > 0 } as Terminal['stderr'];
  const exitCode = reportError(error, json, { stderr });
  return { exitCode, text: parts.join('') };
}

describe('an expected error', () => {
  it('is reported with its remedy and its code, without a stack', () => {
    expect(reported(new DayTradeError('model.none-live', 'no model is live')).text).toBe(
      `error: no model is live\n  ${errorCodes['model.none-live'].remedy} [model.none-live]\n`,
    );
  });

  it('of a service names the request, by which its log is searched, unless the caller is to act', () => {
    const details = { requestId: 'one-command-1' };
    expect(reported(new DayTradeError('service.unavailable', 'x', { details })).text).toContain(
      '[service.unavailable, request one-command-1]',
    );
    expect(reported(new DayTradeError('model.none-live', 'x', { details })).text).not.toContain('one-command-1');
  });

  it('is one JSON object for a script', () => {
    const error = new DayTradeError('data.symbol-unknown', 'no bars for 9999', { details: { unknown: ['9999'] } });
    expect(JSON.parse(reported(error, true).text)).toEqual({
      error: {
        code: 'data.symbol-unknown',
        message: 'no bars for 9999',
        remedy: errorCodes['data.symbol-unknown'].remedy,
        details: { unknown: ['9999'] },
      },
    });
  });
});

describe('an unexpected error', () => {
  it('is a bug: exit code 70, and the stack for the report', () => {
    const { exitCode, text } = reported(new TypeError('x is undefined'));
    expect(exitCode).toBe(70);
    expect(text).toMatch(/^error: x is undefined\n/);
    expect(text).toContain('terminal.test.ts');
  });
});

it('shows a result of any job as lines for a person', () => {
  const result = {
    updated: [
      { source: './bars', barsAdded: 3 },
      { source: 'jquants', barsAdded: 0 },
    ],
    unchanged: ['./other', './more'],
    failed: [],
    modelVersion: null,
    promoted: true,
    parameters: {},
    lost: { symbols: 2, from: '2026-11-24' },
  };
  expect(resultLines(result)).toBe(`updated:
  - source: ./bars
    bars added: 3
  - source: jquants
    bars added: 0
unchanged: ./other, ./more
failed: none
model version: none
promoted: yes
parameters: none
lost:
  symbols: 2
  from: 2026-11-24`);
});
