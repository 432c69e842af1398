import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type PageProblem, RequestProblem } from './request.ts';

/** Something that is read from a service and read again while it is on the screen. */
export interface Resource<Body> {
  /** The newest answer; undefined until the first one. It stays when a later request fails. */
  readonly body: ReadonlySignal<Body | undefined>;
  /** What the newest request ended with, when it was no success. */
  readonly problem: ReadonlySignal<PageProblem | undefined>;
  /** When the newest answer came, in milliseconds since 1970. */
  readonly answeredAt: ReadonlySignal<number | undefined>;
  refresh(): Promise<void>;
  /** Reads now if the answer is old, then at each interval while the tab is visible; gives back how to stop. */
  watch(): () => void;
}

/** Makes a resource of a request; nothing is asked before it is watched or refreshed. */
export function resource<Body>(read: () => Promise<Body>, everySeconds: number): Resource<Body> {
  const body = signal<Body | undefined>(undefined);
  const problem = signal<PageProblem | undefined>(undefined);
  const answeredAt = signal<number | undefined>(undefined);
  let watchers = 0;
  let timer: number | undefined;
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
    });
    return pending;
  };
  const tick = () => {
    if (document.visibilityState === 'visible') void refresh();
  };
  const isOld = () => Date.now() - (answeredAt.value ?? 0) > everySeconds * 500;
  const whenSeen = () => {
    if (document.visibilityState === 'visible' && isOld()) void refresh();
  };

  return {
    body,
    problem,
    answeredAt,
    refresh,
    watch() {
      watchers += 1;
      if (isOld()) void refresh();
      if (watchers === 1) {
        timer = window.setInterval(tick, everySeconds * 1000);
        document.addEventListener('visibilitychange', whenSeen);
      }
      return () => {
        watchers -= 1;
        if (watchers > 0) return;
        window.clearInterval(timer);
        document.removeEventListener('visibilitychange', whenSeen);
      };
    },
  };
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
