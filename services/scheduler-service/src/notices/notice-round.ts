import { type Notice, noticeKindsOf } from '@daytrade/contracts';
import { asDayTradeError } from '@daytrade/errors';
import { type NoticeChannel, noticeTexts, openChannels } from '@daytrade/notices';
import type { Logger, Service } from '@daytrade/service';
import type { ClaimedNotice } from '@daytrade/storage';
import type { SchedulerServiceDependencies } from '../app.ts';
import { repeatWhileListening } from '../while-listening.ts';
import {
  findCoverageOutside,
  findFailedRuns,
  findMissingPrediction,
  findOldBars,
  findPriceOutside,
  type NoticeFinder,
} from './findings.ts';
import { findMorningList } from './morning-list.ts';

const everyMs = 60_000;

/**
 * Finds and sends notices once a minute while the service listens. It only reads the results of jobs, so no job waits
 * for a receiver.
 */
export function watchForNotices(service: Service, dependencies: SchedulerServiceDependencies): void {
  const { settings, clock } = dependencies;
  const parts = { ...dependencies, logger: service.log };
  const round = async () => {
    const channels = await openChannels(settings);
    if (channels.length > 0) await noticeRound(parts, channels);
  };
  repeatWhileListening(service, clock, everyMs, round, 'notices cannot be sent; it is tried again');
}

const finders: readonly NoticeFinder[] = [
  findFailedRuns,
  findOldBars,
  findMissingPrediction,
  findCoverageOutside,
  findPriceOutside,
  findMorningList,
];

export type NoticeParts = Pick<SchedulerServiceDependencies, 'stores' | 'settings' | 'clock'> & {
  readonly logger: Pick<Logger, 'warn'>;
};

/** Records due notices and sends pending ones. An error is logged and does not stop the others. */
export async function noticeRound(parts: NoticeParts, channels: readonly NoticeChannel[]): Promise<void> {
  const { settings, logger } = parts;
  const wanted = noticeKindsOf(settings.DAYTRADE_NOTICES);
  for (const find of wanted.size === 0 ? [] : finders) {
    try {
      await putDown(parts, channels, find, wanted);
    } catch (error) {
      logger.warn({ err: error }, 'whether a notice is due could not be found out; it is tried again');
    }
  }
  await deliverDue(parts, channels);
}

async function putDown(
  { stores, settings, clock }: NoticeParts,
  channels: readonly NoticeChannel[],
  find: NoticeFinder,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const language = settings.DAYTRADE_REPORT_LANGUAGE;
  const words = noticeTexts[language];
  const now = clock.now();
  const names = channels.map(({ name }) => name);
  for (const found of await find({ stores, settings, words, language, now })) {
    if (!wanted.has(found.kind)) continue;
    const lines = found.synthetic ? [words.synthetic, ...found.lines] : found.lines;
    const notice: Notice = { ...found, lines, madeAt: new Date(now).toISOString() };
    await stores.notices.add(notice, names);
  }
}

/**
 * Retry delays, about two hours in all. The first exceeds the time limit of a receiver, so no other process sends the
 * notice meanwhile.
 */
const patienceSeconds = [60, 300, 900, 1_800, 3_600] as const;
const mostAttempts = patienceSeconds.length + 1;

/** Maximum of notices for one receiver and round; a slow receiver delays only itself. */
const mostAtOnce = 10;

/** Sends pending notices to all receivers concurrently; failed ones are retried later. Never throws. */
async function deliverDue(parts: NoticeParts, channels: readonly NoticeChannel[]): Promise<void> {
  await Promise.all(channels.map((channel) => deliverBy(parts, channel)));
}

async function deliverBy(parts: NoticeParts, channel: NoticeChannel): Promise<void> {
  const { stores, clock, logger } = parts;
  const later = (attempt: number) =>
    instant(clock.now() + 1_000 * (patienceSeconds[attempt - 1] ?? (patienceSeconds.at(-1) as number)));
  try {
    for (let sent = 0; sent < mostAtOnce; sent += 1) {
      const claimed = await stores.notices.claim(channel.name, instant(clock.now()), later);
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
    await channel.send(await channel.compose(notice, clock.now()));
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
