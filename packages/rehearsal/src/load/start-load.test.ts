import { execFileSync } from 'node:child_process';
import { endEveryChild } from '@daytrade/deployment';
import { expect, it } from 'vitest';
import { startLoad } from './start-load.ts';

it('shows the token to nobody who lists processes', { tags: ['long'] }, async () => {
  const token = 'not-for-everybody';
  // Nobody listens there, which the result has to say.
  const load = startLoad({ url: 'http://127.0.0.1:9/', token, requestsPerSecond: 5, seconds: 1 });
  const listed = execFileSync('ps', ['-e', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  expect(listed.some((line) => /load.generator\.ts/.test(line))).toBe(true);
  expect(listed.filter((line) => line.includes(token))).toEqual([]);
  const { seconds } = await load.result;
  expect(seconds.every(({ latencies }) => latencies.length === 0)).toBe(true);
});

it('ends with a process that a signal ends at once', async () => {
  const load = startLoad({
    url: 'http://127.0.0.1:9/',
    token: 'none',
    requestsPerSecond: 1,
    connections: 1,
    seconds: 500,
  });
  endEveryChild();
  // Before it has begun, or by what it had measured until then.
  await load.result.catch((error: unknown) => expect(String(error)).toContain('ended with null'));
});
