import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { type NoticeChannel, noticeId, sendSeconds, undelivered } from './channels.ts';

export interface EmailOptions {
  /** `smtps://user:password@host:465`, or `smtp://` for a server with STARTTLS. */
  readonly server: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** Sends notices by SMTP, over verified TLS; without TLS only on loopback. */
export function emailChannel({ server, from, to }: EmailOptions): NoticeChannel {
  const { protocol, hostname, port, username, password } = new URL(server);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const secure = protocol === 'smtps:';
  const milliseconds = sendSeconds * 1_000;
  const transport = createTransport({
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !/^(?:localhost|::1|127(?:\.\d+){3})$/i.test(host),
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'email',
    to: to.join(', '),
    compose: async (notice, now) => {
      const identity = createHash('sha256').update(noticeId(notice)).digest('hex').slice(0, 32);
      const headers = {
        From: from,
        To: to.join(', '),
        Subject: notice.title,
        Date: new Date(now).toUTCString(),
        'Message-ID': `<${identity}@day-trade>`,
        'Auto-Submitted': 'auto-generated',
      };
      return { headers, body: `${notice.lines.join('\n')}\n` };
    },
    send: async ({ headers, body }) => {
      const sending = transport.sendMail({ headers: { ...headers }, text: body, textEncoding: 'base64' });
      await inTime(sending, milliseconds, () => transport.close()).catch((error: unknown) => {
        throw undelivered(`the mail server ${host}`, errorMessage(error));
      });
    },
  };
}

/** Limits the total time, also for a server that answers slowly. */
async function inTime(sending: Promise<unknown>, milliseconds: number, stop: () => void): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), milliseconds);
  try {
    await Promise.race([sending, late.promise]);
  } catch (error) {
    stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the code of the protocol or the library; the message may contain a user name. */
function errorMessage(error: unknown): string {
  if (error instanceof Error && 'responseCode' in error) return `it answered ${String(error.responseCode)}`;
  if (error instanceof Error && 'code' in error) return String(error.code);
  return `no end in ${sendSeconds} s`;
}
