import type { Run } from '@daytrade/contracts';
import { addresses, urlOf } from '@daytrade/contracts/addresses';
import type { Answer } from './ask.ts';
import { requestEvents } from './request.ts';

/** A browser has six connections to a server, and each stream keeps one: the other runs are asked for. */
export const mostStreams = 2;

/** The runs that a stream follows, by id; what ends it. */
const streams = new Map<string, AbortController>();
/** The runs whose stream could not be had or broke: they are asked for. */
const broken = new Set<string>();

/** Whether a run still waits or works. */
export function isUnfinished({ status }: Pick<Run, 'status'>): boolean {
  return status === 'waiting' || status === 'queued' || status === 'running';
}

/** Whether a run is followed by its stream, so that nobody has to ask for it. */
export function isFollowed({ id }: Pick<Run, 'id'>): boolean {
  return streams.has(id);
}

/** The runs that are worth a stream of their own, those that work already before those that wait. */
export function runsToFollow<Of extends Pick<Run, 'id' | 'status'>>(runs: readonly Of[]): readonly Of[] {
  const unfinished = runs.filter((run) => isUnfinished(run) && !broken.has(run.id));
  const working = (run: Of) => (run.status === 'running' ? 0 : 1);
  return unfinished.toSorted((one, other) => working(one) - working(other)).slice(0, mostStreams);
}

/**
 * Follows a run by its stream until it has ended, unless it is followed already.
 *
 * @param onState hears of the run whenever it has changed
 * @param onEnd hears that the stream has ended: the run has, or the connection
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

/** Follows no run any more. */
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
    // Whatever it was, the run is asked for instead, and what is wrong then is shown.
  }
  if (!signal.aborted && (newest === undefined || isUnfinished(newest))) broken.add(id);
}
