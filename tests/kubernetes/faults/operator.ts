import { attempt } from '../../support/command.ts';
import { isReady, kubectl, podsOf } from '../cluster/kubectl.ts';

/**
 * What a person sees who looks at the release now: pods that are not ready, why services are not, alerts that are on
 * their way.
 */
export async function whatIsSeen(namespace: string): Promise<readonly string[]> {
  return [await unreadyPods(namespace), ...(await readiness(namespace)), await alerts(namespace)].filter(
    (line) => line !== '',
  );
}

async function unreadyPods(namespace: string): Promise<string> {
  const pods = (await podsOf(namespace)).filter(
    ({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed',
  );
  const names = pods.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name.replace(/-[0-9a-f]+-\w+$/, ''));
  return names.length === 0 ? '' : `get pods: not ready ${[...new Set(names)].join(', ')}`;
}

/** The checks that fail, by what each service answers at /readyz. */
async function readiness(namespace: string): Promise<readonly string[]> {
  const ports = { 'ml-service': 8000, 'data-service': 8001, 'scheduler-service': 8002, worker: 8003 };
  const reasons = new Set<string>();
  for (const [component, port] of Object.entries(ports)) {
    const [pod] = await podsOf(namespace, component);
    const answer = await fetch(`http://${pod?.status.podIP}:${port}/readyz`, { signal: AbortSignal.timeout(5000) })
      .then((response) => response.text())
      .catch(String);
    for (const [, name, reason] of answer.matchAll(/"name":"([^"]+)","ok":false,"reason":"([^"]+)"/g)) {
      reasons.add(`readyz: ${name}: ${reason}`);
    }
  }
  return [...reasons];
}

async function alerts(namespace: string): Promise<string> {
  const address = await kubectl([
    'get',
    'service',
    'prometheus',
    '-n',
    namespace,
    '--output=jsonpath={.spec.clusterIP}',
  ]);
  const answer = await fetch(`http://${address}:9090/api/v1/alerts`, { signal: AbortSignal.timeout(5000) })
    .then(
      (response) =>
        response.json() as Promise<{ data: { alerts: { state: string; labels: Record<string, string> }[] } }>,
    )
    .catch(() => ({ data: { alerts: [] } }));
  const seen = answer.data.alerts.map(({ state, labels }) =>
    `${labels.alertname} ${labels.part ?? ''} ${state}`.replace(/ +/g, ' '),
  );
  return seen.length === 0 ? '' : `alerts: ${[...new Set(seen)].sort().join(', ')}`;
}

/** The last lines of what a command says on both of its outputs, in one. */
export async function saidBy(command: string, timeoutSeconds = 600, folder?: string): Promise<string> {
  const [program = '', ...args] = command.split(' ');
  const { exitCode, stdout, stderr, seconds } = await attempt(program, args, {
    timeoutSeconds,
    ...(folder === undefined ? {} : { folder }),
  });
  const text = (stderr.trim() || stdout.trim()).split('\n').filter((line) => !/^(level=|W\d|I\d)/.test(line));
  return (
    `${command.split(' ').slice(0, 2).join(' ')} (${exitCode}, ${seconds.toFixed(0)} s): ` +
    `${text.slice(-2).join(' ')}`
  );
}
