/**
 * Ends the process at once, as the signal does by itself. `process.exit` waits for the threads of the system, and one
 * that opens a file which never opens (a pipe without a writer, a network drive that is gone) never comes back.
 */
export function endBySignal(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Signals from within spare the first process of a container.
  if (process.pid === 1) process.abort();
}

/**
 * Ends the process if it still runs after that many seconds. Does not keep it running.
 * @returns a function that cancels this
 */
export function endLater(signal: NodeJS.Signals, seconds: number, tell: () => void): () => void {
  const timer = setTimeout(() => {
    tell();
    endBySignal(signal);
  }, seconds * 1_000).unref();
  return () => clearTimeout(timer);
}
