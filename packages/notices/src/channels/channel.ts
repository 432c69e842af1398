import type { Notice, NoticeChannelName } from '@daytrade/contracts';

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
