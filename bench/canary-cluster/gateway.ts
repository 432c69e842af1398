import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apply } from '../../tests/kubernetes/cluster/kubectl.ts';
import { attempt, run, waitFor } from '../../tests/support/command.ts';
import { ensurePackages } from '../harness/python-environment.ts';

const definitions = 'sigs.k8s.io/gateway-api@v1.6.1';
const kinds = ['gatewayclasses', 'gateways', 'httproutes', 'grpcroutes', 'referencegrants', 'backendtlspolicies'];
const more = ['listenersets', 'tlsroutes', 'tcproutes'];
const port = 18_080;

/** A gateway on this machine that goes by the cluster's HTTPRoutes. */
export interface RunningGateway {
  readonly url: string;
  /** Values of the chart that name its listener. */
  readonly values: readonly string[];
  readonly close: () => Promise<void>;
}

/** Installs the definitions of the Gateway API, a Gateway, and traefik for it. */
export async function openGateway(namespace: string, progress: (message: string) => void): Promise<RunningGateway> {
  const requirements = 'bench/canary-cluster/requirements.txt';
  const python = ensurePackages({ name: 'canary-cluster', requirements, size: 'about 60 MB' }, progress);
  const files = await definitionFiles();
  await run('kubectl', ['apply', '--server-side', ...files.flatMap((file) => ['--filename', file])]);
  await apply(
    namespace,
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'canary-bench' },
      spec: { controllerName: 'traefik.io/gateway-controller' },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'inside' },
      spec: { gatewayClassName: 'canary-bench', listeners: [{ name: 'http', protocol: 'HTTP', port }] },
    },
  );
  const traefik = startTraefik(join(dirname(python), 'traefik'));
  const close = async () => {
    traefik.kill('SIGTERM');
    await attempt('kubectl', ['delete', '--ignore-not-found', ...files.flatMap((file) => ['--filename', file])]);
  };
  const values = ['--set', 'canary.parents[0].name=inside'];
  return { url: `http://127.0.0.1:${port}`, values, close };
}

/** The module's files of the kinds that traefik looks for. */
async function definitionFiles(): Promise<readonly string[]> {
  const found = JSON.parse(execFileSync('go', ['mod', 'download', '-json', definitions], { encoding: 'utf8' }));
  const folder = join((found as { readonly Dir: string }).Dir, 'config', 'crd', 'standard');
  const wanted = [...kinds, ...more];
  return readdirSync(folder)
    .filter((name) => wanted.some((kind) => name.endsWith(`_${kind}.yaml`)))
    .map((name) => join(folder, name));
}

function startTraefik(program: string): ChildProcess {
  const options = [
    `--entryPoints.http.address=127.0.0.1:${port}`,
    '--providers.kubernetesgateway=true',
    '--providers.kubernetesgateway.endpoint=',
    '--log.level=ERROR',
  ];
  return spawn(program, options, { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Waits until the gateway leads to ml-service. */
export async function untilRouted(url: string): Promise<void> {
  await waitFor(`${url} to lead to ml-service`, 60, async () => (await fetch(`${url}/healthz`)).ok);
}
