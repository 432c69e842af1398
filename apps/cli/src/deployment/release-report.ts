import type { ReleaseRecord } from '@daytrade/deployment';
import { duration, japanClock } from '../output/format.ts';
import { renderTable } from '../output/table.ts';

/** The history of an environment, the newest first. */
export function releaseTable(records: readonly ReleaseRecord[]): string {
  if (records.length === 0) return 'No deployment has been written down.';
  return renderTable(
    [
      { title: 'when (JST)' },
      { title: 'who' },
      { title: 'what' },
      { title: 'from' },
      { title: 'to' },
      { title: 'took', align: 'right' },
      { title: 'end' },
      { title: 'why' },
    ],
    records.map(({ at, who, what, from, to, seconds, outcome, why, cause }) => [
      japanClock(at),
      who,
      what,
      versionInWords(from),
      versionInWords(to),
      seconds === null ? '–' : duration(seconds),
      outcome,
      cause === undefined ? why : `${why}\n${cause.split('\n')[0]}`,
    ]),
  );
}

/** A version in a few letters: `7 (day-trade@sha256:0a1b2c3d…)`. */
export function versionInWords(version: ReleaseRecord['to']): string {
  if (version === null) return '–';
  const image = version.image
    .split('/')
    .at(-1)
    ?.replace(/(sha256:[0-9a-f]{8})[0-9a-f]+$/, '$1…');
  return `${version.revision} (${image})`;
}
