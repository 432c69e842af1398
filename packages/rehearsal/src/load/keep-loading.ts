import type { LoadOptions, LoadResult, LoadSecond } from './load-options.ts';

/** A load under way, as {@link startLoad} gives it. */
interface Stretch {
  readonly second: number;
  readonly result: Promise<LoadResult>;
  stop(): Promise<LoadResult>;
}

/** A load that lasts until it is stopped. */
export interface LastingLoad {
  /** Since its start: the second of the result that is being filled now. */
  readonly second: number;
  /** Sends nothing more, and gives all that was measured. */
  stop(): Promise<LoadResult>;
}

/** The generator's own bound. */
const stretchSeconds = 600;

/**
 * Keeps a load going for as long as it takes: the generator is bounded, so where one ends the next one begins, after
 * the part of a second that a process takes to start.
 */
export function keepLoading<Options extends Pick<LoadOptions, 'url' | 'token'>>(
  options: Options,
  start: (options: Options & { readonly seconds: number }) => Stretch,
): LastingLoad {
  const ended: LoadResult[] = [];
  let isStopped = false;
  let current = start({ ...options, seconds: stretchSeconds });
  const relay = async () => {
    for (;;) {
      ended.push(await current.result);
      if (isStopped) return;
      current = start({ ...options, seconds: stretchSeconds });
    }
  };
  const relayed = relay();
  // Whoever stops it gets the error.
  relayed.catch(() => undefined);
  return {
    get second() {
      return ended.reduce((sum, { seconds }) => sum + seconds.length, 0) + (isStopped ? 0 : current.second);
    },
    stop: async () => {
      isStopped = true;
      await current.stop();
      await relayed;
      const [first] = ended;
      const seconds: readonly LoadSecond[] = ended.flatMap((result) => result.seconds);
      const reconnected = ended.reduce((sum, result) => sum + result.reconnected, 0);
      return { startedAt: first?.startedAt ?? 0, seconds, reconnected };
    },
  };
}
