import { expect, it } from 'vitest';
import { errorCodes } from './codes.ts';
import { errorsInJapanese } from './japanese.ts';

it('has Japanese of no error code that does not exist', () => {
  expect(Object.keys(errorsInJapanese).sort()).toEqual(Object.keys(errorCodes).sort());
});
