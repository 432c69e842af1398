import autocannon from 'autocannon';
import type { Installation } from '../kubernetes/releases/installation.ts';

/** Requests of a step, and those of them that got no answer or one that is not 2xx. */
export interface Answered {
  readonly requests: number;
  readonly failed: number;
}

/** Asks the ML service for the newest predictions, at a constant rate, until the action ends. */
export async function underConstantLoad(
  installation: Installation,
  requestsPerSecond: number,
  action: () => Promise<void>,
): Promise<Answered> {
  const answered = { requests: 0, failed: 0 };
  const count = (isAnswered: boolean) => {
    answered.requests += 1;
    if (!isAnswered) answered.failed += 1;
  };
  const options = {
    url: `${installation.addressOf('ml-service')}/v1/predictions/latest`,
    headers: { authorization: `Bearer ${installation.token}` },
    connections: 5,
    overallRate: requestsPerSecond,
    // Ended by the action.
    duration: 3600,
    timeout: 10,
  };
  // Its own sum waits for every connection to end, and one to a pod that has gone may never do so.
  const load = autocannon(options, () => undefined);
  load.on('response', (_connection, status) => count(status >= 200 && status < 300));
  load.on('reqError', () => count(false));
  try {
    await action();
  } finally {
    (load as unknown as { stop: () => void }).stop();
  }
  return answered;
}
