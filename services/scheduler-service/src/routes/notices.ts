import { type Notice, type NoticeTest, routes, type Settings } from '@daytrade/contracts';
import { asDayTradeError, DayTradeError } from '@daytrade/errors';
import { type NoticeChannel, noticeTexts, openChannels } from '@daytrade/notices';
import { addRoute, type Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from '../app.ts';

export function addNoticeRoutes(service: Service, { stores, settings, clock }: SchedulerServiceDependencies): void {
  addRoute(service, routes.notices, async ({ query: { limit } }) => ({ notices: await stores.notices.list(limit) }));

  addRoute(service, routes.testNotice, async ({ body: { dryRun } }) => {
    const channels = await openChannels(settings);
    if (channels.length === 0) throw noReceiver();
    const notice = testNotice(settings, clock.now());
    return {
      dryRun,
      deliveries: await Promise.all(channels.map((channel) => deliver(channel, notice, clock.now(), dryRun))),
    };
  });
}

function testNotice({ DAYTRADE_REPORT_LANGUAGE: language }: Settings, now: number): Notice {
  const words = noticeTexts[language];
  const madeAt = new Date(now).toISOString();
  const lines = [words.testText, words.promise];
  return { kind: 'test', subject: madeAt, madeAt, synthetic: false, title: words.test, lines, facts: {} };
}

async function deliver(
  channel: NoticeChannel,
  notice: Notice,
  now: number,
  dryRun: boolean,
): Promise<NoticeTest['deliveries'][number]> {
  const { name, to } = channel;
  const message = await channel.compose(notice, now);
  const delivery = { channel: name, to, headers: { ...message.headers }, body: message.body };
  if (dryRun) return { ...delivery, sent: false, error: null };
  try {
    await channel.send(message);
    return { ...delivery, sent: true, error: null };
  } catch (error) {
    return { ...delivery, sent: false, error: asDayTradeError(error).message };
  }
}

function noReceiver(): DayTradeError {
  return new DayTradeError(
    'settings.invalid',
    'no receiver of notices is set: expected DAYTRADE_NOTICE_WEBHOOK_URL with DAYTRADE_NOTICE_WEBHOOK_KEY, ' +
      'DAYTRADE_NOTICE_SLACK_URL, or DAYTRADE_NOTICE_SMTP_URL with DAYTRADE_NOTICE_MAIL_FROM and ' +
      'DAYTRADE_NOTICE_MAIL_TO, in the environment of the scheduler service',
  );
}
