import { versions } from '../../support/application-image.ts';
import { waitFor } from '../../support/steps.ts';
import { explained } from '../cluster/describe-failure.ts';
import { apply, kubectl, kubectlJson, type Pod } from '../cluster/kubectl.ts';

/** What became of a connection: `open`, or why it could not be made. */
export type Outcome = 'open' | 'no answer' | 'refused';

// A policy reaches a new pod about a second after the pod has its address.
const script = `
const { connect } = await import('node:net');
const { setTimeout: pause } = await import('node:timers/promises');
await pause(5000);
const attempt = (target) => new Promise((resolve) => {
  const [host, port] = target.split(':');
  const socket = connect({ host, port: Number(port) });
  const end = (outcome) => { socket.destroy(); resolve([target, outcome]); };
  socket.setTimeout(4000, () => end('no answer'));
  socket.on('connect', () => end('open'));
  socket.on('error', (error) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'no answer'));
});
console.log(JSON.stringify(Object.fromEntries(await Promise.all(process.argv.slice(1).map(attempt)))));
`;

/**
 * Tries to connect to addresses from a pod with these labels.
 *
 * @param targets `host:port`, where the host is an address, so that nothing depends on DNS
 */
export async function connectFrom(
  { namespace, name, labels }: { namespace: string; name: string; labels: Readonly<Record<string, string>> },
  targets: readonly string[],
): Promise<Readonly<Record<string, Outcome>>> {
  await kubectl(['delete', 'pod', name, '--namespace', namespace, '--ignore-not-found', '--wait']);
  await apply(namespace, probePod(name, labels, targets));
  return await explained(namespace, async () => {
    await waitFor(`the probe ${name} to end`, 120, async () => {
      const { status } = await kubectlJson<Pod>(['get', 'pod', name, '--namespace', namespace]);
      return status.phase === 'Succeeded';
    });
    const text = await kubectl(['logs', name, '--namespace', namespace]);
    await kubectl(['delete', 'pod', name, '--namespace', namespace, '--wait=false']);
    return JSON.parse(text) as Record<string, Outcome>;
  });
}

function probePod(name: string, labels: Readonly<Record<string, string>>, targets: readonly string[]): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'probe',
          image: `day-trade:${versions.first}`,
          command: ['/usr/local/bin/node', '--input-type=module', '-e', script, '--', ...targets],
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}
