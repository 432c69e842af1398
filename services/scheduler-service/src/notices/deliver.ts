import { asDayTradeError } from '@daytrade/errors';
import type { NoticeChannel } from '@daytrade/notices';
import type { ClaimedNotice } from '@daytrade/storage';
import type { NoticeParts } from './notice-round.ts';

/**
 * Seconds after which an attempt is followed by the next, about two hours in all. The first is longer than a receiver
 * may take: until then nobody else sends the same notice.
 */
const patienceSeconds = [60, 300, 900, 1_800, 3_600] as const;
const mostAttempts = patienceSeconds.length + 1;

/** Notices of one receiver in one round; a receiver that is slow holds up itself alone. */
const mostAtOnce = 10;

/** Sends what waits, to all receivers side by side; one that fails is tried again later. Never throws. */
export async function deliverDue(parts: NoticeParts, channels: readonly NoticeChannel[]): Promise<void> {
  await Promise.all(channels.map((channel) => deliverBy(parts, channel)));
}

async function deliverBy(parts: NoticeParts, channel: NoticeChannel): Promise<void> {
  const { stores, clock, logger } = parts;
  const later = (attempt: number) =>
    instant(clock.now() + 1_000 * (patienceSeconds[attempt - 1] ?? (patienceSeconds.at(-1) as number)));
  try {
    for (let sent = 0; sent < mostAtOnce; sent += 1) {
      const [claimed] = await stores.notices.claim(channel.name, instant(clock.now()), later, 1);
      if (claimed === undefined) return;
      await attempt(parts, channel, claimed);
    }
  } catch (error) {
    logger.warn({ err: error, channel: channel.name }, 'notices could not be read or written down; it is tried again');
  }
}

async function attempt({ stores, clock, logger }: NoticeParts, channel: NoticeChannel, claimed: ClaimedNotice) {
  const { notice, attempt: number } = claimed;
  const { kind, subject } = notice;
  try {
    await channel.send(await channel.compose(notice, clock.now()), notice);
    await stores.notices.settle(claimed, { status: 'sent', sentAt: instant(clock.now()), error: null });
  } catch (error) {
    const { code, message } = asDayTradeError(error);
    const status = number >= mostAttempts ? 'failed' : 'waiting';
    await stores.notices.settle(claimed, { status, sentAt: null, error: message });
    logger.warn({ code, channel: channel.name, kind, subject, attempt: number, status }, message);
  }
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
