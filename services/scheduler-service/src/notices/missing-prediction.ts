import { instantOf, phaseAt, sessionTimes } from '@daytrade/market';
import { activeUniverse } from '@daytrade/storage';
import type { NoticeFinder } from './found-notice.ts';

/** Ten minutes before the open, twenty after the job `market-preparation` begins. */
const dueAt = '08:50';

/** Nothing is published for a session that is about to open, though there are bars and a live model. */
export const findMissingPrediction: NoticeFinder = async ({ stores, words, now }) => {
  const { session } = phaseAt(now);
  if (session === null || now < instantOf(session, dueAt) || now >= instantOf(session, sessionTimes(session).close))
    return [];
  const records = activeUniverse(await stores.symbols.list());
  if (records.length === 0 || (await stores.models.live()) === undefined) return [];
  const synthetic = records.every((record) => record.synthetic);
  if ((await stores.predictions.forSession(session, synthetic)).length > 0) return [];
  return [
    {
      kind: 'no-prediction',
      subject: session,
      synthetic,
      title: words.noPrediction(session),
      lines: [words.noPredictionText],
      facts: { session },
    },
  ];
};
