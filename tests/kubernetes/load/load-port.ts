import { openPort } from '@daytrade/rehearsal';
import { waitFor } from '../../support/command.ts';
import { kubectl } from '../cluster/kubectl.ts';

/**
 * Opens a port of this machine, on 127.0.0.1, that leads to a service as its Service does.
 * @returns the beginning of its URLs
 */
export async function openLoadPort(namespace: string, component = 'ml-service'): Promise<string> {
  const url = await openPort(kubectl, namespace, component);
  // The rules of a new port take a moment.
  await waitFor(`${url} to answer`, 30, async () => (await fetch(`${url}/healthz`)).ok);
  return url;
}
