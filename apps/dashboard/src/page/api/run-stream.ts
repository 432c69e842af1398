import type { Run } from '@daytrade/contracts';
import { addresses, urlOf } from '@daytrade/contracts/addresses';
import { type Answer, requestEvents } from './request.ts';

/** Streams at the same time. A browser has six connections to a server, and each stream holds one. */
export const mostStreams = 2;

/** The streams of runs by the id of the run. */
const streams = new Map<string, AbortController>();
/** Runs whose stream failed. They are polled. */
const broken = new Set<string>();

/** True while a run waits or works. */
export function isUnfinished({ status }: Pick<Run, 'status'>): boolean {
  return status === 'waiting' || status === 'queued' || status === 'running';
}

/** True for a run with a stream, which needs no polling. */
export function isFollowed({ id }: Pick<Run, 'id'>): boolean {
  return streams.has(id);
}

/** Returns the runs to follow by a stream: those that work first, then those that wait. */
export function runsToFollow<Of extends Pick<Run, 'id' | 'status'>>(runs: readonly Of[]): readonly Of[] {
  const unfinished = runs.filter((run) => isUnfinished(run) && !broken.has(run.id));
  const working = (run: Of) => (run.status === 'running' ? 0 : 1);
  return unfinished.toSorted((one, other) => working(one) - working(other)).slice(0, mostStreams);
}

/**
 * Follows a run by its stream until it ends. Does nothing for a run that is followed already.
 *
 * @param onState is called with each new state of the run
 * @param onEnd is called when the run has ended, or the connection has
 */
export function followRun(id: string, onState: (run: Run) => void, onEnd: () => void): void {
  if (streams.has(id)) return;
  const stream = new AbortController();
  streams.set(id, stream);
  void readStream(id, stream.signal, onState).finally(() => {
    streams.delete(id);
    if (!stream.signal.aborted) onEnd();
  });
}

/** Ends all streams. */
export function endStreams(): void {
  for (const stream of streams.values()) stream.abort();
}

async function readStream(id: string, signal: AbortSignal, onState: (run: Run) => void): Promise<void> {
  const path = `/scheduler${urlOf(addresses.runEvents, { params: { id } })}`;
  let newest: Run | undefined;
  try {
    for await (const { run } of requestEvents<Answer<'runEvents'>>(path, signal)) {
      newest = run;
      onState(run);
    }
  } catch {
    // The run is polled instead, and the page shows the problem of that.
  }
  if (!signal.aborted && (newest === undefined || isUnfinished(newest))) broken.add(id);
}
