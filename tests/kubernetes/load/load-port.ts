import { waitFor } from '../../support/steps.ts';
import { kubectl } from '../cluster/kubectl.ts';

/**
 * Opens a port of this machine, on 127.0.0.1, that leads to the ML service as its Service does.
 * @returns the beginning of its URLs
 */
export async function openLoadPort(namespace: string): Promise<string> {
  const name = 'ml-service-load';
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      type: 'NodePort',
      selector: { 'app.kubernetes.io/name': 'day-trade', 'app.kubernetes.io/component': 'ml-service' },
      ports: [{ port: 8000, targetPort: 'http' }],
    },
  };
  await kubectl(['apply', '--namespace', namespace, '--filename', '-'], { input: JSON.stringify(service) });
  const path = '--output=jsonpath={.spec.ports[0].nodePort}';
  const url = `http://127.0.0.1:${await kubectl(['get', 'service', name, '--namespace', namespace, path])}`;
  // The rules of a new port take a moment.
  await waitFor(`${url} to answer`, 30, async () => (await fetch(`${url}/healthz`)).ok);
  return url;
}
