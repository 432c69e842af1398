import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Notice, type NoticeChannelName, type Settings, settingsSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

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

/** A notice as a receiver gets it. */
export interface NoticeMessage {
  /** Header fields that are of the notice; what the protocol adds is not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A way to a reader. */
export interface NoticeChannel {
  readonly name: NoticeChannelName;
  /** Who gets it, without any secret. */
  readonly to: string;
  /**
   * The message of a notice, byte by byte what {@link send} sends.
   *
   * @param now milliseconds since 1970 UTC
   */
  compose(notice: Notice, now: number): Promise<NoticeMessage>;
  /**
   * Sends a message, in bounded time.
   *
   * @throws DayTradeError `notice.undelivered` with what the receiver answered, never with its address
   */
  send(message: NoticeMessage, notice: Notice): Promise<void>;
}

/** How long a receiver may take. */
export const sendSeconds = 15;

/** The name of a notice for whoever drops what came twice: the process may die between sending and writing it down. */
export function identityOf({ kind, subject, madeAt }: Notice): string {
  return kind === 'test' ? `test/${madeAt}` : `${kind}/${subject}`;
}

/**
 * Posts notices as JSON. The header `x-day-trade-signature` is `t=<seconds since 1970>,v1=<signature>`, where the
 * signature is the HMAC-SHA-256 of `<t>.<body>`, hexadecimal: a receiver computes the same with the key, and refuses
 * another one and an old time.
 */
export function webhookChannel({ url, key }: { readonly url: string; readonly key: string }): NoticeChannel {
  return {
    name: 'webhook',
    to: new URL(url).host,
    compose: async (notice, now) => {
      const body = JSON.stringify({ id: identityOf(notice), ...notice });
      const seconds = Math.floor(now / 1_000);
      const signature = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'x-day-trade-notice': encodeURI(identityOf(notice)),
        'x-day-trade-signature': `t=${seconds},v1=${signature}`,
      };
      return { headers, body };
    },
    send: (message) => post(url, message),
  };
}

/** Posts notices to an incoming webhook of Slack, or of a server that takes the same JSON. */
export function slackChannel({ url }: { readonly url: string }): NoticeChannel {
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

/** Slack reads links and mentions between < and >; a name of a symbol is none. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Posts a message to a URL, which may be a secret, so that no error names more than its host.
 *
 * @throws DayTradeError `notice.undelivered`
 */
export async function post(url: string, { headers, body }: NoticeMessage): Promise<void> {
  const { host } = new URL(url);
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    // What is meant for one receiver is not carried on to another.
    redirect: 'manual',
    signal: AbortSignal.timeout(sendSeconds * 1_000),
  }).catch((error: unknown) => {
    throw undelivered(host, reasonOf(error));
  });
  await answer.body?.cancel().catch(() => undefined);
  if (!answer.ok) throw undelivered(host, `it answered ${answer.status}`);
}

/** A notice that did not reach its receiver. */
export function undelivered(receiver: string, reason: string): DayTradeError {
  return new DayTradeError('notice.undelivered', `the notice did not reach ${receiver}: ${reason}`, {
    details: { receiver, reason },
  });
}

/** The system's reason; the message of another error may hold the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer in ${sendSeconds} s`;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
}

/** Settings that may stand in a file of their own. */
type SecretName = {
  [Name in keyof NoticeSettings]-?: `${Name}_FILE` extends keyof NoticeSettings ? Name : never;
}[keyof NoticeSettings];

/**
 * The value of a secret: of its variable, or of the file that the variable with `_FILE` names.
 *
 * @throws DayTradeError `settings.invalid` naming the file; no message shows what is in it
 */
export async function secretSetting(settings: NoticeSettings, name: SecretName): Promise<string | undefined> {
  const value = settings[name];
  const path = settings[`${name}_FILE`];
  if (value !== undefined || path === undefined) return value;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongFile(name, path, `it cannot be read (${error.code ?? error.name})`);
  });
  const parsed = settingsSchema.shape[name].safeParse(text.trim());
  if (parsed.success) return parsed.data;
  throw wrongFile(name, path, `${parsed.error.issues[0]?.message ?? 'expected another form'}; it has something else`);
}

function wrongFile(name: string, path: string, why: string): DayTradeError {
  const field = `${name}_FILE`;
  return new DayTradeError('settings.invalid', `${field}=${JSON.stringify(path)}: ${why}`, {
    details: { field, path },
  });
}

/** The settings of notices: what is sent, and to whom. */
export type NoticeSettings = Pick<Settings, Extract<keyof Settings, `DAYTRADE_NOTICE${string}`>>;
