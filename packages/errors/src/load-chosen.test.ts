import { expect, it } from 'vitest';
import { loadChosen } from './load-chosen.ts';

it('names the package that is missing, and the command that installs it', async () => {
  // Node's own error for it.
  const load = () => import(`${'@daytrade'}/nowhere`);
  await expect(loadChosen('Traces', '@opentelemetry/sdk-trace', load)).rejects.toMatchObject({
    code: 'settings.invalid',
    message: 'Traces: the package @opentelemetry/sdk-trace is not installed: run "node scripts/install.mjs developer"',
  });
});

it('leaves a fault of the module what it is, and gives back the module', async () => {
  const fault = new SyntaxError('in the module');
  await expect(loadChosen('Traces', 'a', () => Promise.reject(fault))).rejects.toBe(fault);
  expect(await loadChosen('Traces', 'a', async () => ({ one: 1 }))).toEqual({ one: 1 });
});
