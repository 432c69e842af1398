import type { Run } from '@daytrade/contracts';
import { useEffect } from 'preact/hooks';
import { endStreams, followRun, runsToFollow } from '../../api/run-stream.ts';
import { jobs, runs } from '../../api/services.ts';

/** Shows the runs that are under way as they go on, while the component is shown. */
export function useRunStreams(): void {
  const ids = runsToFollow(runs.body.value?.runs ?? [])
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    for (const id of ids.split(' ').filter(Boolean)) followRun(id, show, () => void refresh());
  }, [ids]);
  useEffect(() => endStreams, []);
}

function show(run: Run): void {
  runs.change((body) => ({ ...body, runs: body.runs.map((known) => (known.id === run.id ? run : known)) }));
}

/** The end of a run is the beginning of those that waited for it, and a new last run of its job. */
async function refresh(): Promise<void> {
  await Promise.all([jobs.refresh(), runs.refresh()]);
}
