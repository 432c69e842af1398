import { barsAge } from '@daytrade/market';
import { activeUniverse, newestBar } from '@daytrade/storage';
import type { NoticeFinder } from './found-notice.ts';

/** Bars that are several finished sessions behind: once for each session that has finished without one. */
export const findOldBars: NoticeFinder = async ({ stores, settings, words, now }) => {
  const records = activeUniverse(await stores.symbols.list());
  const newest = newestBar(records);
  if (newest === undefined) return [];
  const age = barsAge(newest, now);
  if (age.sessionsBehind < settings.DAYTRADE_NOTICE_BARS_BEHIND) return [];
  return [
    {
      kind: 'bars-old',
      subject: age.lastFinishedSession,
      synthetic: records.every((record) => record.synthetic),
      title: words.barsOld(age.sessionsBehind),
      lines: [words.barsOldText(age.newest, age.lastFinishedSession)],
      facts: { ...age },
    },
  ];
};
