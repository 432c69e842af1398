import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Notice, parseSettings } from '@daytrade/contracts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type NoticeChannel, openChannels } from './channels.ts';
import { startHttpReceiver, startMailReceiver } from './testing/receivers.ts';

const now = Date.parse('2026-11-25T00:00:00Z');
const notice: Notice = {
  kind: 'morning-list',
  subject: '2026-11-25',
  madeAt: '2026-11-25T00:00:00.000Z',
  synthetic: true,
  title: '2026-11-25 の予測区間',
  lines: ['0101 <!channel> & 架空電機: 980 – 1,020', '.', 'the end'],
  facts: { session: '2026-11-25' },
};
const key = 'a-key-of-at-least-24-characters';

async function channelOf(environment: Readonly<Record<string, string>>): Promise<NoticeChannel> {
  const channels = await openChannels(parseSettings(environment));
  expect(channels).toHaveLength(1);
  return channels[0]!;
}

const send = async (channel: NoticeChannel) => {
  const message = await channel.compose(notice, now);
  await channel.send(message);
  return message;
};

const webhook = (url: string) => channelOf({ DAYTRADE_NOTICE_WEBHOOK_URL: url, DAYTRADE_NOTICE_WEBHOOK_KEY: key });
const email = (server: string) =>
  channelOf({
    DAYTRADE_NOTICE_SMTP_URL: server,
    DAYTRADE_NOTICE_MAIL_FROM: 'day-trade@example.com',
    DAYTRADE_NOTICE_MAIL_TO: 'one@example.com,two@example.com',
  });

describe('a webhook', () => {
  it('gets what was composed, with a signature that the key verifies', async () => {
    await using receiver = await startHttpReceiver();
    const message = await send(await webhook(receiver.url));
    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
    expect(body).toBe(message.body);
    expect(headers).toMatchObject(message.headers);
    expect(JSON.parse(body)).toEqual({ id: 'morning-list/2026-11-25', ...notice });
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-day-trade-signature'])) ?? [];
    expect(Number(time)).toBe(now / 1_000);
    expect(signature).toBe(createHmac('sha256', key).update(`${time}.${body}`).digest('hex'));
  });

  it.each([500, 404, 302] as const)('that answers %i did not take it, and no error names its path', async (status) => {
    await using receiver = await startHttpReceiver();
    receiver.answer = status;
    const failed = send(await webhook(receiver.url));
    await expect(failed).rejects.toMatchObject({
      code: 'notice.undelivered',
      message: expect.stringMatching(
        new RegExp(`^the notice did not reach 127\\.0\\.0\\.1:\\d+: it answered ${status}$`),
      ),
    });
    expect(receiver.received).toHaveLength(1);
  });

  it('that is not there, or says nothing, is given up', async () => {
    await using receiver = await startHttpReceiver();
    await receiver[Symbol.asyncDispose]();
    await expect(send(await webhook(receiver.url))).rejects.toThrow(/ECONNREFUSED/);
    await using slow = await startHttpReceiver();
    slow.answer = 'silent';
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.any([soon(100)]));
    onTestFinished(() => void vi.restoreAllMocks());
    await expect(send(await webhook(slow.url))).rejects.toThrow(/no answer in 15 s/);
  });
});

/** Aborted as a deadline is, but sooner. */
function soon(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), milliseconds);
  return controller.signal;
}

describe('Slack', () => {
  it('gets a text in which nothing is read as a mention', async () => {
    await using receiver = await startHttpReceiver();
    await send(await channelOf({ DAYTRADE_NOTICE_SLACK_URL: receiver.url }));
    expect(JSON.parse(receiver.received[0]!.body)).toEqual({
      text: '*2026-11-25 の予測区間*\n0101 &lt;!channel&gt; &amp; 架空電機: 980 – 1,020\n.\nthe end',
    });
  });
});

describe('mail', () => {
  it('is sent to everybody as it was composed, with one id however often', async () => {
    await using receiver = await startMailReceiver();
    const channel = await email(`smtp://127.0.0.1:${receiver.port}`);
    const { headers, body } = await send(channel);
    const [mail] = receiver.mails;
    expect(mail).toContain('Subject: =?UTF-8?');
    expect(mail).toContain(`Message-ID: ${headers['Message-ID']}`);
    expect(receiver.commands.filter((line) => line.startsWith('RCPT'))).toHaveLength(2);
    const arrived = mail!.slice(mail!.indexOf('\r\n\r\n') + 4);
    expect(Buffer.from(arrived, 'base64').toString()).toBe(body);
    const again = await channel.compose(notice, now + 60_000);
    expect(again.headers['Message-ID']).toBe(headers['Message-ID']);
  });

  it('that is refused did not arrive, and no error names the password', async () => {
    await using receiver = await startMailReceiver();
    receiver.fault = 'refuses';
    const failed = send(await email(`smtp://127.0.0.1:${receiver.port}`));
    await expect(failed).rejects.toMatchObject({
      code: 'notice.undelivered',
      message: 'the notice did not reach the mail server 127.0.0.1: it answered 550',
    });
    const noTls = send(await email(`smtps://user:secret-word@127.0.0.1:${receiver.port}`));
    await expect(noTls).rejects.toThrow(/^the notice did not reach the mail server 127\.0\.0\.1: E\w+$/);
  });

  it('is not sent in clear beyond loopback, whatever the server offers', async () => {
    await using receiver = await startMailReceiver('0.0.0.0');
    await expect(send(await email(`smtp://${hostname()}:${receiver.port}`))).rejects.toThrow(
      /mail server .*: it answered 502$/,
    );
    expect(receiver.mails).toEqual([]);
    expect(receiver.commands.filter((line) => /^(?:MAIL|AUTH)/.test(line))).toEqual([]);
  });
});

describe('the settings', () => {
  it('take secrets out of files, and say what is wrong with one without showing it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'notices-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'url');
    await writeFile(file, 'https://hooks.example.com/T0/secret-path\n');
    expect(await channelOf({ DAYTRADE_NOTICE_SLACK_URL_FILE: file })).toMatchObject({ to: 'hooks.example.com' });
    await writeFile(file, 'http://hooks.example.com/T0/secret-path');
    const wrong = openChannels(parseSettings({ DAYTRADE_NOTICE_SLACK_URL_FILE: file }));
    await expect(wrong).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringMatching(/^DAYTRADE_NOTICE_SLACK_URL_FILE=.*expected an https URL/),
    });
    await expect(wrong).rejects.not.toThrow(/secret-path/);
    const gone = openChannels(parseSettings({ DAYTRADE_NOTICE_SLACK_URL_FILE: join(folder, 'none') }));
    await expect(gone).rejects.toThrow(/ENOENT/);
  });

  it.each([
    [{ DAYTRADE_NOTICE_SLACK_URL: 'http://example.com/secret-path' }, /expected an https URL/],
    [{ DAYTRADE_NOTICES: 'everything' }, /expected all, none/],
  ])('%o are refused, without a secret', (environment, words) => {
    expect(() => parseSettings(environment)).toThrow(words);
    expect(() => parseSettings(environment)).not.toThrow(/secret-path/);
  });
});
