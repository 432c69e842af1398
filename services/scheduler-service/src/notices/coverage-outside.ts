import { coverageBounds } from '@daytrade/contracts';
import { activeUniverse } from '@daytrade/storage';
import type { FoundNotice, NoticeFinder } from './found-notice.ts';
import { percent } from './words-of-figures.ts';

/** Windows of the newest report that are full and lie outside of the bounds of the objective. */
export const findCoverageOutside: NoticeFinder = async ({ stores, words }) => {
  const records = activeUniverse(await stores.symbols.list());
  const synthetic = records.every((record) => record.synthetic);
  const [newest] = await stores.reports.list(synthetic, 1);
  if (newest === undefined) return [];
  const report = await stores.reports.find({ session: newest.session, synthetic });
  return (report?.coverage.windows ?? []).flatMap((window): FoundNotice[] => {
    const { sessions, judgedSessions, coverage, judged, inside } = window;
    if (!(sessions === 20 || sessions === 60) || coverage === null || judgedSessions < sessions) return [];
    const { low, high } = coverageBounds[sessions];
    if (coverage >= low && coverage <= high) return [];
    return [
      {
        kind: 'coverage-outside',
        subject: `${newest.session}/${sessions}`,
        synthetic,
        title: words.coverage(sessions, percent(coverage)),
        lines: [words.coverageText(percent(low), percent(high), newest.session)],
        facts: { session: newest.session, sessions, judged, inside, coverage, low, high },
      },
    ];
  });
};
