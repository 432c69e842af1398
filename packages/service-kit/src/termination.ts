/** The part of `process` that {@link drainOnSignals} uses. */
export interface SignalTarget {
  on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: 'SIGTERM' | 'SIGINT') => void): unknown;
  off(signal: 'SIGTERM' | 'SIGINT', listener: (signal: 'SIGTERM' | 'SIGINT') => void): unknown;
  exit(code: number): void;
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * The first SIGTERM or SIGINT drains and then ends the process with code 0 (1 when draining failed); a second one ends it at once
 * with 128 plus the signal's number.
 *
 * @param drain closes everything that the process holds; a failure is reported by it before it rejects
 * @returns stops listening to the signals
 */
export function drainOnSignals(
  target: SignalTarget,
  drain: (signal: 'SIGTERM' | 'SIGINT') => Promise<void>,
): () => void {
  let draining = false;
  const listener = (signal: 'SIGTERM' | 'SIGINT') => {
    if (draining) {
      target.exit(exitCodes[signal]);
      return;
    }
    draining = true;
    drain(signal).then(
      () => target.exit(0),
      () => target.exit(1),
    );
  };
  target.on('SIGTERM', listener);
  target.on('SIGINT', listener);
  return () => {
    target.off('SIGTERM', listener);
    target.off('SIGINT', listener);
  };
}
