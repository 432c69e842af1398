import { type Notice, noticeKindsOf } from '@daytrade/contracts';
import { type NoticeChannel, noticeWords } from '@daytrade/notices';
import type { Logger } from '@daytrade/service';
import type { SchedulerServiceDependencies } from '../dependencies.ts';
import { findCoverageOutside } from './coverage-outside.ts';
import { deliverDue } from './deliver.ts';
import { findFailedRuns, findRefusedKey } from './failed-runs.ts';
import type { NoticeFinder } from './found-notice.ts';
import { findMissingPrediction } from './missing-prediction.ts';
import { findMorningList } from './morning-list.ts';
import { findOldBars } from './old-bars.ts';

const finders: readonly NoticeFinder[] = [
  findFailedRuns,
  findRefusedKey,
  findOldBars,
  findMissingPrediction,
  findCoverageOutside,
  findMorningList,
];

export type NoticeParts = Pick<SchedulerServiceDependencies, 'stores' | 'settings' | 'clock'> & {
  readonly logger: Pick<Logger, 'warn'>;
};

/**
 * Puts down what is due and sends what waits. What cannot be found out or sent is logged, and does not keep the rest
 * from being sent.
 */
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
  const words = noticeWords[language];
  const now = clock.now();
  const names = channels.map(({ name }) => name);
  for (const found of await find({ stores, settings, words, language, now })) {
    if (!wanted.has(found.kind)) continue;
    const known = new Set(await stores.notices.channelsOf(found));
    const lines = found.synthetic ? [words.synthetic, ...found.lines] : found.lines;
    const notice: Notice = { ...found, lines, madeAt: new Date(now).toISOString() };
    await stores.notices.add(
      notice,
      names.filter((name) => !known.has(name)),
    );
  }
}
