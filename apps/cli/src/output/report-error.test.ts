import { DayTradeError, type ErrorCode, errorCodes } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { reportError } from './report-error.ts';
import type { Terminal } from './terminal.ts';

function reported(error: unknown, json = false): { readonly exitCode: number; readonly text: string } {
  const parts: string[] = [];
  const stderr = { write: (part: string) => parts.push(part) > 0 } as Terminal['stderr'];
  const exitCode = reportError(error, json, { stderr });
  return { exitCode, text: parts.join('') };
}

describe('an expected error', () => {
  it.each(Object.keys(errorCodes) as ErrorCode[])('%s ends with the exit code of the table', (code) => {
    expect(reported(new DayTradeError(code, 'x')).exitCode).toBe(errorCodes[code].exitCode);
  });

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
    expect(text).toContain('report-error.test.ts');
  });
});
