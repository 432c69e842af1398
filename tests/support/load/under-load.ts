import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection.ts';

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly requestsPerSecond: number;
  /** The load lasts until the action ends, and at least this long; default: 0. */
  readonly seconds?: number;
}

export interface Answered {
  readonly requests: number;
  /** Requests without a whole answer of status 200 in time. */
  readonly failed: number;
  /** One line for a person: failures by reason, and latencies of the others. */
  readonly text: string;
}

const timeoutSeconds = 5;
/** A connection is replaced at this age: a Service picks a pod for each, and new pods get their share. */
const connectionMs = 10_000;

/**
 * Sends requests at a constant rate while an action lasts. A request is sent when it is due, also while earlier ones
 * wait, so a slow service does not slow the load down.
 */
export async function underLoad(load: Load, action: () => Promise<void>): Promise<Answered> {
  const { url, token, requestsPerSecond, seconds = 0 } = load;
  const { hostname: host, port, pathname, search } = new URL(url);
  const request = Buffer.from(
    `GET ${pathname}${search} HTTP/1.1\r\nhost: ${host}:${port}\r\nauthorization: Bearer ${token}\r\n\r\n`,
  );
  const idle: { readonly connection: Connection; readonly since: number }[] = [];
  const latencies: number[] = [];
  const failures = new Map<string, number>();
  const started = performance.now();
  let over = false;
  let sent = 0;
  let open = 0;

  const send = (due: number) => {
    open += 1;
    const { connection, since } = takeIdle() ?? {
      connection: new Connection({ host, port: Number(port), request, timeoutSeconds }),
      since: performance.now(),
    };
    connection.send((failure) => {
      open -= 1;
      if (connection.open) idle.push({ connection, since });
      if (failure === null) latencies.push(performance.now() - due);
      else failures.set(failure, (failures.get(failure) ?? 0) + 1);
    });
  };
  const takeIdle = () => {
    for (let found = idle.shift(); found !== undefined; found = idle.shift()) {
      if (found.connection.open && performance.now() - found.since < connectionMs) return found;
      found.connection.close();
    }
    return undefined;
  };
  const sending = (async () => {
    while (!over || open > 0) {
      const due = started + ((sent + 1) / requestsPerSecond) * 1_000;
      if (over || due > performance.now()) await pause(1);
      else {
        send(due);
        sent += 1;
      }
    }
  })();

  try {
    await action();
    await pause(Math.max(0, started + seconds * 1_000 - performance.now()));
  } finally {
    over = true;
    await sending;
    for (const { connection } of idle) connection.close();
  }
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return { requests: sent, failed, text: described(failed, sent, failures, latencies) };
}

function described(
  failed: number,
  requests: number,
  failures: ReadonlyMap<string, number>,
  latencies: readonly number[],
): string {
  const reasons = [...failures].map(([reason, count]) => `${count} x ${reason}`);
  const sorted = latencies.toSorted((one, other) => one - other);
  const quantile = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(1);
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${failed} failed of ${requests}${why}, p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`;
}
