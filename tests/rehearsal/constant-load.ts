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
  const load = autocannon({
    url: `${installation.addressOf('ml-service')}/v1/predictions/latest`,
    headers: { authorization: `Bearer ${installation.token}` },
    connections: 5,
    overallRate: requestsPerSecond,
    // Ended by the action.
    duration: 3600,
    timeout: 10,
  });
  try {
    await action();
  } finally {
    (load as unknown as { stop: () => void }).stop();
  }
  const { requests, errors, timeouts, non2xx } = await load;
  return { requests: requests.sent, failed: errors + timeouts + non2xx };
}
