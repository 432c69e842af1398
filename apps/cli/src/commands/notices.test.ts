import { type NoticeEntry, type NoticeTest, noticeListSchema, noticeTestSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

describe('notices list', () => {
  const [notice] = noticeListSchema.parse({
    notices: [
      {
        kind: 'bars-old',
        subject: '2026-11-24',
        channel: 'slack',
        status: 'sent',
        attempts: 1_000,
        title: 'Bars are old',
        madeAt: '2026-11-24T07:00:00.000Z',
        nextAttemptAt: '2026-11-24T07:00:00.000Z',
        sentAt: '2026-11-24T07:00:01.000Z',
        error: null,
      },
    ],
  }).notices as [NoticeEntry];
  const list = (notices: readonly NoticeEntry[], ...words: string[]) =>
    runLine(['notices', 'list', ...words], { 'GET /v1/notices': { notices } });

  it('shows the title of each, or why it was not taken', async () => {
    const failed: NoticeEntry = { ...notice, channel: 'webhook', status: 'failed', attempts: 6, error: 'answered 500' };
    const { out, requests } = await list([notice, failed]);
    expect(out).toBe(`made (JST)        kind      subject     receiver  status  attempts  what
2026-11-24 16:00  bars-old  2026-11-24  slack     sent       1,000  Bars are old
2026-11-24 16:00  bars-old  2026-11-24  webhook   failed         6  answered 500
`);
    expect(requests).toEqual([['GET /v1/notices?limit=20']]);
  });

  it('says how to try the way where there was none', async () => {
    const { out, requests } = await list([], '--limit', '5');
    expect(out).toBe('There was no notice yet. `daytrade notices test` tries the way to you.\n');
    expect(requests).toEqual([['GET /v1/notices?limit=5']]);
  });
});

describe('notices test', () => {
  const tested: NoticeTest = noticeTestSchema.parse({
    dryRun: false,
    deliveries: [
      {
        channel: 'email',
        to: 'a@example.com',
        headers: { Subject: 'A test\r\n of day-trade', From: 'b@example.com' },
        body: 'one\r\n\r\ntwo\n\n',
        sent: true,
        error: null,
      },
      { channel: 'slack', to: 'slack.example', headers: {}, body: '{}', sent: true, error: null },
    ],
  });
  const test = (words: readonly string[], answer: NoticeTest) =>
    runLine(['notices', 'test', ...words], { 'POST /v1/notices/test': answer });

  it('shows what every receiver was sent', async () => {
    const { out, exitCode, requests } = await test([], tested);
    expect(out).toBe(`email to a@example.com: sent
  Subject: A test
   of day-trade
  From: b@example.com

  one
  \n  two

slack to slack.example: sent

  {}
`);
    expect(exitCode).toBe(0);
    expect(requests.map(([, body]) => body)).toEqual([{ dryRun: false }]);
  });

  it('sends nothing in a dry run', async () => {
    const { out, exitCode, requests } = await test(['--dry-run'], { ...tested, dryRun: true });
    expect(out).toContain('email to a@example.com: not sent: a dry run\n');
    expect(exitCode).toBe(0);
    expect(requests.map(([, body]) => body)).toEqual([{ dryRun: true }]);
  });

  it('ends with 5 when a receiver did not take it', async () => {
    const deliveries = tested.deliveries.map((delivery, index) => ({
      ...delivery,
      error: index === 1 ? 'answered 404' : null,
    }));
    const { out, exitCode } = await test([], { ...tested, deliveries });
    expect(out).toContain('email to a@example.com: sent\n');
    expect(out).toContain('slack to slack.example: answered 404\n');
    expect(exitCode).toBe(5);
  });
});
