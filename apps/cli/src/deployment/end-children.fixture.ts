import { endBySignal } from '../end-by-signal.ts';
import { withDeployment } from './open-deployment.ts';

// A deployment that a second Ctrl-C ends while a program of its way back runs, whose process it says.

const { signal } = new AbortController();
const options = { environment: 'development', namespace: 'day-trade' };
await withDeployment({ terminal: process, signal }, options, async ({ surroundings }) => {
  await surroundings.programs.uninterrupted.run(process.execPath, ['--eval', 'setInterval(() => 0, 1000)'], {
    onStart: (pid) => process.stdout.write(`${pid}\n`, () => endBySignal('SIGTERM')),
  });
});
