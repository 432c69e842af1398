// Restores what the values say and an upgrade or a rollback alone does not: the number of replicas that somebody
// changed, and the end of a migration whose upgrade was abandoned. REPLICAS has one line per Deployment:
// `NAME exactly N` where the values set the number, `NAME at-least N` where an autoscaler does, which sleeps at 0.
// UNFINISHED_JOB is a Job that may be deleted while it runs.
import { readFileSync } from 'node:fs';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';
const namespace = readFileSync(`${account}/namespace`, 'utf8');
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port, REPLICAS = '', UNFINISHED_JOB } = process.env;
const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}/apis`;

/** The answer of the Kubernetes API about one object; undefined where the object is not there. */
async function ask(method, group, path, body) {
  const response = await fetch(`${server}/${group}/namespaces/${namespace}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${readFileSync(`${account}/token`, 'utf8')}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${method} ${path}: the API answered ${response.status}: ${await response.text()}`);
  return await response.json();
}

for (const line of REPLICAS.trim().split('\n')) {
  const [name, how, number] = line.split(' ');
  const wanted = Number(number);
  const now = (await ask('GET', 'apps/v1', `deployments/${name}/scale`))?.spec;
  const replicas = now?.replicas ?? 0;
  const good = now === undefined || (how === 'exactly' ? replicas === wanted : replicas > 0);
  if (!good) await ask('PATCH', 'apps/v1', `deployments/${name}/scale`, { spec: { replicas: wanted } });
  const outcome = good ? `${replicas}, kept` : `${replicas}, set to ${wanted}`;
  console.log(`${name}: ${now === undefined ? 'not there' : outcome}`);
}

const job = await ask('GET', 'batch/v1', `jobs/${UNFINISHED_JOB}`);
if (job?.status?.active > 0) {
  await ask('DELETE', 'batch/v1', `jobs/${UNFINISHED_JOB}`, { propagationPolicy: 'Background' });
  console.log(`${UNFINISHED_JOB}: deleted, since the upgrade that it belongs to was abandoned`);
}
