import { expect, it } from 'vitest';
import { runLine, testSettings } from '../platform/answering-services.fixture.ts';

const parts = ['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard'];

it.each(parts)('serve %s refuses a port that there is not', async (part) => {
  for (const port of ['-1', '65536', '80.5', 'http'])
    await expect(runLine(['serve', part, `--port=${port}`])).rejects.toThrow(
      `--port: expected a whole number from 0 to 65535, got "${port}"`,
    );
});

it.each([...parts.map((part) => ['serve', part]), ['up']])(
  '%s %s does not listen beyond this machine without a token',
  async (...words) => {
    const settings = testSettings({ DAYTRADE_HOST: '0.0.0.0' });
    await expect(runLine(words, {}, { settings })).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining('DAYTRADE_TOKEN') as string,
    });
  },
);

it('up refuses a shared database', async () => {
  const settings = testSettings({ DAYTRADE_DATABASE_URL: 'postgres://db/daytrade' });
  await expect(runLine(['up'], {}, { settings })).rejects.toThrow(/^DAYTRADE_DATABASE_URL: expected it not to be set/);
});

it.each(['-1', '3601', '1.5', 'long'])('database migrate refuses to wait for %s seconds', async (seconds) => {
  await expect(runLine(['database', 'migrate', `--wait-seconds=${seconds}`])).rejects.toThrow(
    `--wait-seconds: expected a whole number from 0 to 3600, got "${seconds}"`,
  );
});

it.each([[[]], [['--dry-run']], [['--wait-seconds', '3600']]])(
  'database migrate %j needs a database',
  async (words) => {
    await expect(runLine(['database', 'migrate', ...words])).rejects.toMatchObject({ code: 'settings.invalid' });
  },
);
