import type { Kubectl } from './kubectl.ts';

/**
 * Opens a port of this machine, on 127.0.0.1, that leads to a part as its Service does. It answers a moment later.
 * @returns the beginning of its URLs
 */
export async function openPort(kubectl: Kubectl, namespace: string, component: string): Promise<string> {
  const name = `${component}-load`;
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      type: 'NodePort',
      selector: { 'app.kubernetes.io/name': 'day-trade', 'app.kubernetes.io/component': component },
      ports: [{ port: 8000, targetPort: 'http' }],
    },
  };
  await kubectl(['apply', '--namespace', namespace, '--filename', '-'], { input: JSON.stringify(service) });
  const path = '--output=jsonpath={.spec.ports[0].nodePort}';
  return `http://127.0.0.1:${await kubectl(['get', 'service', name, '--namespace', namespace, path])}`;
}
