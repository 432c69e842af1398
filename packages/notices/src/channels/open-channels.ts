import type { NoticeSettings } from '../notice-settings.ts';
import { secretSetting } from '../secret-setting.ts';
import type { NoticeChannel } from './channel.ts';
import { slackChannel } from './slack-channel.ts';
import { webhookChannel } from './webhook-channel.ts';

/**
 * The receivers that are set. Files of secrets are read anew each time, so that one may be replaced while a process
 * runs.
 *
 * @throws DayTradeError `settings.invalid` naming the file that cannot be used, never what is in it
 */
export async function openChannels(settings: NoticeSettings): Promise<readonly NoticeChannel[]> {
  const channels: NoticeChannel[] = [];
  const [url, key] = [
    await secretSetting(settings, 'DAYTRADE_NOTICE_WEBHOOK_URL'),
    await secretSetting(settings, 'DAYTRADE_NOTICE_WEBHOOK_KEY'),
  ];
  if (url !== undefined && key !== undefined) channels.push(webhookChannel({ url, key }));
  const slack = await secretSetting(settings, 'DAYTRADE_NOTICE_SLACK_URL');
  if (slack !== undefined) channels.push(slackChannel({ url: slack }));
  const server = await secretSetting(settings, 'DAYTRADE_NOTICE_SMTP_URL');
  const { DAYTRADE_NOTICE_MAIL_FROM: from, DAYTRADE_NOTICE_MAIL_TO: to } = settings;
  if (server !== undefined && from !== undefined && to !== undefined) {
    // Only who sends mails loads what sends them.
    const { emailChannel } = await import('./email-channel.ts');
    channels.push(emailChannel({ server, from, to: to.split(',') }));
  }
  return channels;
}
