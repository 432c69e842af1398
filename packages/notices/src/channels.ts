import { createHmac } from 'node:crypto';
import type { Notice, NoticeChannelName, Settings } from '@daytrade/contracts';
import { readSecret } from '@daytrade/contracts/secrets';
import { DayTradeError } from '@daytrade/errors';

/**
 * Opens the channels of the settings. Files of secrets are read at each call, so they can be replaced at run time.
 *
 * @throws DayTradeError `settings.invalid` naming an unusable file, never its content
 */
export async function openChannels(settings: NoticeSettings): Promise<readonly NoticeChannel[]> {
  const channels: NoticeChannel[] = [];
  const [url, key] = [
    await readSecret(settings, 'DAYTRADE_NOTICE_WEBHOOK_URL'),
    await readSecret(settings, 'DAYTRADE_NOTICE_WEBHOOK_KEY'),
  ];
  if (url !== undefined && key !== undefined) channels.push(webhookChannel({ url, key }));
  const slack = await readSecret(settings, 'DAYTRADE_NOTICE_SLACK_URL');
  if (slack !== undefined) channels.push(slackChannel({ url: slack }));
  const server = await readSecret(settings, 'DAYTRADE_NOTICE_SMTP_URL');
  const { DAYTRADE_NOTICE_MAIL_FROM: from, DAYTRADE_NOTICE_MAIL_TO: to } = settings;
  if (server !== undefined && from !== undefined && to !== undefined) {
    // Loads the mail library only for mails.
    const { emailChannel } = await import('./email-channel.ts');
    channels.push(emailChannel({ server, from, to: to.split(',') }));
  }
  return channels;
}

/** A notice in the format of a receiver. */
export interface NoticeMessage {
  /** Header fields of the notice, without those of the protocol. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface NoticeChannel {
  readonly name: NoticeChannelName;
  /** The receiver, without secrets. */
  readonly to: string;
  /**
   * Returns the exact message that {@link send} sends.
   *
   * @param now milliseconds since 1970 UTC
   */
  compose(notice: Notice, now: number): Promise<NoticeMessage>;
  /**
   * Sends a message within a time limit.
   *
   * @throws DayTradeError `notice.undelivered` with the answer of the receiver, never with its address
   */
  send(message: NoticeMessage): Promise<void>;
}

export const sendSeconds = 15;

/** Returns the id by which a receiver recognises duplicates, since a process may end between sending and recording. */
export function noticeId({ kind, subject, madeAt }: Notice): string {
  return kind === 'test' ? `test/${madeAt}` : `${kind}/${subject}`;
}

/**
 * Posts notices as JSON. The header `x-day-trade-signature` is `t=<seconds since 1970>,v1=<signature>`; the signature
 * is the hexadecimal HMAC-SHA-256 of `<t>.<body>`. A receiver computes it with the key and refuses a different
 * signature or an old time.
 */
function webhookChannel({ url, key }: { readonly url: string; readonly key: string }): NoticeChannel {
  return {
    name: 'webhook',
    to: new URL(url).host,
    compose: async (notice, now) => {
      const body = JSON.stringify({ id: noticeId(notice), ...notice });
      const seconds = Math.floor(now / 1_000);
      const signature = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'x-day-trade-notice': encodeURI(noticeId(notice)),
        'x-day-trade-signature': `t=${seconds},v1=${signature}`,
      };
      return { headers, body };
    },
    send: (message) => post(url, message),
  };
}

/** Posts notices to an incoming webhook of Slack, or of a server with the same format. */
function slackChannel({ url }: { readonly url: string }): NoticeChannel {
  return {
    name: 'slack',
    to: new URL(url).host,
    compose: async ({ title, lines }) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: [`*${plain(title)}*`, ...lines.map(plain)].join('\n') }),
    }),
    send: (message) => post(url, message),
  };
}

/** Slack interprets links and mentions between < and >, which a name must not become. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Posts a message to a URL. The URL may be a secret, so errors name only its host.
 *
 * @throws DayTradeError `notice.undelivered`
 */
async function post(url: string, { headers, body }: NoticeMessage): Promise<void> {
  const { host } = new URL(url);
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    // A redirect would send the notice to another receiver.
    redirect: 'manual',
    signal: AbortSignal.timeout(sendSeconds * 1_000),
  }).catch((error: unknown) => {
    throw undelivered(host, errorMessage(error));
  });
  await answer.body?.cancel().catch(() => undefined);
  if (!answer.ok) throw undelivered(host, `it answered ${answer.status}`);
}

export function undelivered(receiver: string, reason: string): DayTradeError {
  return new DayTradeError('notice.undelivered', `the notice did not reach ${receiver}: ${reason}`);
}

/** Returns the system's error code; other messages may contain the address. */
function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer in ${sendSeconds} s`;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
}

export type NoticeSettings = Pick<Settings, Extract<keyof Settings, `DAYTRADE_NOTICE${string}`>>;
