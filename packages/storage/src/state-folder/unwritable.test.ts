import { DayTradeError } from '@daytrade/errors';
import { expect, it } from 'vitest';
import { unwritable } from './unwritable.ts';

it('says what cannot be written and the first line of the reason, and leaves an error of the platform as it is', () => {
  const cause = new Error('ENOSPC: no space left\nat somewhere');
  expect(unwritable('/state/bars', cause)).toMatchObject({
    code: 'state.unwritable',
    message: '/state/bars cannot be written: ENOSPC: no space left',
    cause,
  });
  expect(unwritable('/state/bars', 'no\nspace').message).toBe('/state/bars cannot be written: no');
  const known = new DayTradeError('state.locked', 'in use');
  expect(unwritable('/state/bars', known)).toBe(known);
});
