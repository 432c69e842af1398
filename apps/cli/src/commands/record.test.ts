import { startReplayServer } from '@daytrade/market-data/testing';
import { expect, it } from 'vitest';
import { runLine, testSettings } from '../platform/answering-services.fixture.ts';

const codes = (count: number) => Array.from({ length: count }, (_, index) => `${7_201 + index}`).join(',');
const record = (words: readonly string[], universe = 'topix500') =>
  runLine(
    ['record', 'kabu', ...words],
    {},
    {
      settings: testSettings({ DAYTRADE_UNIVERSE: universe, DAYTRADE_KABU_PASSWORD: 'a-password' }),
    },
  );

it.each([
  [[], 'topix500', 0],
  [['--symbols', ''], 'topix500', 0],
  [['--symbols', codes(51)], '7203', 51],
  [[], codes(51), 51],
])('refuses %j of the universe %s, which are none or too many', async (words, universe, count) => {
  await expect(record(words, universe)).rejects.toMatchObject({
    code: 'input.invalid',
    message: `--symbols: expected 1 to 50 codes, as 7203,6758, since the broker gives no more; got ${count}`,
  });
});

it.each([
  [['--symbols', codes(50)], 'topix500'],
  [['--symbols', `${codes(50)},7201.T`], 'topix500'],
  [[], '7203'],
])('takes %j of the universe %s, and asks the service of this machine first', async (words, universe) => {
  await expect(record(words, universe)).rejects.toThrow('nothing answers GET /v1/fetches');
});

it.each(['ftp://example.com', 'http://example.com', 'data=http://example.com'])('refuses to send to %s', async (to) => {
  await expect(record(['--symbols', '7203', '--to', to])).rejects.toThrow(/^--to: /);
});

it('asks the services that --to names, and not those of this machine', async () => {
  const asked: string[] = [];
  const server = await startReplayServer(({ path }) => {
    asked.push(path);
    return { status: 404, body: '{}' };
  });
  await expect(record(['--symbols', '7203', '--to', server.url])).rejects.toMatchObject({
    code: 'service.unreachable',
  });
  await server.close();
  expect(asked).toEqual(['/v1/fetches']);
});
