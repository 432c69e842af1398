import { DayTradeError } from '@daytrade/errors';
import { type NoticeMessage, sendSeconds } from './channel.ts';

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
