import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger } from './logging.ts';

it('shows no password of a sign-in to Redis that failed', () => {
  const destination = new PassThrough();
  const error = Object.assign(new Error('WRONGPASS invalid username-password pair'), {
    command: { name: 'auth', args: ['a-user', 'a-password'] },
  });
  createLogger({ level: 'warn', destination }).warn({ err: error }, 'the queue met an error');
  const line = String(destination.read());
  expect(line).not.toContain('a-password');
  expect(JSON.parse(line)).toMatchObject({
    err: { message: error.message, command: { name: 'auth', args: '(hidden)' } },
  });
});

it('shows no setting that is a secret', () => {
  const destination = new PassThrough();
  const settings = {
    DAYTRADE_DATABASE_URL: 'sqlserver://a-user:a-password@db/daytrade',
    DAYTRADE_NOTICE_SMTP_URL: 'smtps://a-user:a-password@mail',
    DAYTRADE_REDIS_PASSWORD: 'a-password',
    DAYTRADE_LOG_LEVEL: 'info',
  };
  createLogger({ level: 'warn', destination }).warn({ ...settings, settings }, 'these are the settings');
  const line = String(destination.read());
  expect(line).not.toContain('a-password');
  expect(JSON.parse(line)).toMatchObject({ settings: { DAYTRADE_LOG_LEVEL: 'info' } });
});
