import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isAway, type PageProblem, RequestProblem } from './request.ts';

/** Something that is read from a service and read again while it is on the screen. */
export interface Resource<Body> {
  /** The newest answer; undefined until the first one. It stays when a later request fails. */
  readonly body: ReadonlySignal<Body | undefined>;
  /** What the newest request ended with, when it was not a success. */
  readonly problem: ReadonlySignal<PageProblem | undefined>;
  /** When the newest answer came, in milliseconds since 1970. */
  readonly answeredAt: ReadonlySignal<number | undefined>;
  refresh(): Promise<void>;
  /** Puts into the newest answer what has become known since; nothing where there was none yet. */
  change(update: (body: Body) => Body): void;
  /** Reads now if the answer is old, then at each interval while the tab is visible; gives back how to stop. */
  watch(): () => void;
}

/** Seconds between two requests; of the newest answer where something in it is expected to change soon. */
export type Pace<Body> = number | ((body: Body | undefined) => number);

const watched = signal<readonly Resource<unknown>[]>([]);

/** What is on the screen and cannot be read, since its service does not answer at all. */
export const unanswered = computed(() => watched.value.filter(({ problem }) => isAway(problem.value)));

/** Makes a resource of a request; nothing is asked before it is watched or refreshed. */
export function resource<Body>(read: () => Promise<Body>, pace: Pace<Body>): Resource<Body> {
  const body = signal<Body | undefined>(undefined);
  const problem = signal<PageProblem | undefined>(undefined);
  const answeredAt = signal<number | undefined>(undefined);
  let pending: Promise<void> | undefined;

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
    pending ??= readOnce().finally(() => {
      pending = undefined;
      repeat.startOver();
    });
    return pending;
  };
  const everySeconds = () => (typeof pace === 'number' ? pace : pace(body.peek()));
  const isOld = () => Date.now() - (answeredAt.peek() ?? 0) > everySeconds() * 500;
  const repeat = repeated(refresh, everySeconds, isOld);
  const change = (update: (body: Body) => Body) => {
    if (body.peek() !== undefined) body.value = update(body.peek() as Body);
  };
  const watch = () => noted(made, repeat.watch());
  const made: Resource<Body> = { body, problem, answeredAt, refresh, change, watch };
  return made;
}

/** Counts a watcher of a resource until it stops. */
function noted(resource: Resource<unknown>, stop: () => void): () => void {
  watched.value = [...watched.peek(), resource];
  return () => {
    const index = watched.peek().indexOf(resource);
    watched.value = watched.peek().filter((_, i) => i !== index);
    stop();
  };
}

interface Repeated {
  /** Begins to watch; gives back how to stop. */
  watch(): () => void;
  /** Begins the interval anew: another answer may have another one. */
  startOver(): void;
}

/** Repeats a request while somebody watches and the tab is visible, however many watch. */
function repeated(refresh: () => Promise<void>, everySeconds: () => number, isOld: () => boolean): Repeated {
  let watchers = 0;
  let timer: number | undefined;
  const refreshIfSeen = async () => {
    if (document.visibilityState === 'visible' && isOld()) await refresh();
  };
  const startOver = () => {
    window.clearTimeout(timer);
    if (watchers === 0) return;
    timer = window.setTimeout(() => void refreshIfSeen().finally(startOver), everySeconds() * 1000);
  };
  const whenSeen = () => void refreshIfSeen();
  const start = () => {
    document.addEventListener('visibilitychange', whenSeen);
    void refreshIfSeen().finally(startOver);
  };
  const stop = () => {
    window.clearTimeout(timer);
    document.removeEventListener('visibilitychange', whenSeen);
  };
  const watch = () => {
    watchers += 1;
    if (watchers === 1) start();
    else void refreshIfSeen();
    return () => {
      watchers -= 1;
      if (watchers === 0) stop();
    };
  };
  return { watch, startOver };
}

/** Keeps resources fresh while the component is shown. */
export function useWatched(...resources: readonly Resource<unknown>[]): void {
  useEffect(() => {
    const stops = resources.map((each) => each.watch());
    return () => {
      for (const stop of stops) stop();
    };
  }, resources);
}
