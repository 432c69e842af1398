import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isAway, type PageProblem, RequestProblem } from './request.ts';

/** An answer of a service that is read again while it is on the screen. */
export interface Resource<Body> {
  /** The newest answer, undefined until the first one. It stays when a later request fails. */
  readonly body: ReadonlySignal<Body | undefined>;
  /** The problem of the newest request, undefined after a success. */
  readonly problem: ReadonlySignal<PageProblem | undefined>;
  /** The time of the newest answer, in milliseconds since 1970. */
  readonly answeredAt: ReadonlySignal<number | undefined>;
  /** Reads again, after the answer that is awaited now: that may be older than what has just changed. */
  refresh(): Promise<void>;
  /** Reads an old answer now, and again at each interval while the tab is visible. Returns a function that stops it. */
  watch(): () => void;
}

/** Seconds between two requests, or a function of the newest answer, for answers that are about to change. */
export type Pace<Body> = number | ((body: Body | undefined) => number);

const watched = signal<readonly Resource<unknown>[]>([]);

/** The resources on the screen whose services do not answer at all. */
export const unanswered = computed(() => watched.value.filter(({ problem }) => isAway(problem.value)));

/** Makes a resource of a request. The first request is sent when it is watched or refreshed. */
export function resource<Body>(read: () => Promise<Body>, pace: Pace<Body>): Resource<Body> {
  const body = signal<Body | undefined>(undefined);
  const problem = signal<PageProblem | undefined>(undefined);
  const answeredAt = signal<number | undefined>(undefined);
  let pending: Promise<void> | undefined;
  let watchers = 0;
  let timer: number | undefined;

  const readOnce = async () => {
    try {
      const answer = await read();
      batch(() => {
        body.value = answer;
        problem.value = undefined;
        answeredAt.value = Date.now();
      });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      problem.value = error.problem;
    }
  };
  const refresh = () => {
    const next = (pending === undefined ? readOnce() : pending.then(readOnce, readOnce)).finally(() => {
      if (pending !== next) return;
      pending = undefined;
      startTimer();
    });
    pending = next;
    return next;
  };
  const everySeconds = () => (typeof pace === 'number' ? pace : pace(body.peek()));
  const refreshIfSeen = async () => {
    const isOld = Date.now() - (answeredAt.peek() ?? 0) > everySeconds() * 500;
    if (document.visibilityState === 'visible' && isOld) await (pending ?? refresh());
  };
  // The interval depends on the newest answer.
  const startTimer = () => {
    window.clearTimeout(timer);
    if (watchers === 0) return;
    timer = window.setTimeout(() => void refreshIfSeen().finally(startTimer), everySeconds() * 1000);
  };
  const whenSeen = () => void refreshIfSeen();
  const watch = () => {
    watched.value = [...watched.peek(), watchedResource];
    watchers += 1;
    if (watchers === 1) document.addEventListener('visibilitychange', whenSeen);
    void refreshIfSeen().finally(startTimer);
    return () => {
      const index = watched.peek().indexOf(watchedResource);
      watched.value = watched.peek().filter((_, place) => place !== index);
      watchers -= 1;
      if (watchers > 0) return;
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  };
  const watchedResource: Resource<Body> = { body, problem, answeredAt, refresh, watch };
  return watchedResource;
}

/** Keeps resources fresh while the component is shown. */
export function useWatched(...resources: readonly Resource<unknown>[]): void {
  useEffect(() => {
    const stops = resources.map((resourceInUse) => resourceInUse.watch());
    return () => {
      for (const stop of stops) stop();
    };
  }, resources);
}
