import { expect, it } from 'vitest';
import { demandAll } from './check-report.ts';

const lock = { name: 'lock', ok: false, message: 'held by first', mend: 'wait for it' };
const image = { name: 'image', ok: false, message: 'not found', mend: 'push it' };
const context = { name: 'context', ok: true, message: 'here' };

it('a deployment that only somebody else keeps from beginning has a code of its own', () => {
  const code = (...checks: (typeof lock)[]) => {
    try {
      demandAll([context, ...checks]);
      return undefined;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect([code(), code(lock), code(lock, image)]).toEqual([undefined, 'deployment.locked', 'deployment.not-ready']);
});
