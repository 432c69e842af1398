import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
const server = 'https://kubernetes.default.svc';
const timeoutMs = 5_000;

/** Returns true in a pod with a ServiceAccount. */
export const hasServiceAccount = (): boolean => existsSync(join(serviceAccountFolder, 'token'));

/**
 * Asks the Kubernetes API for an object of this pod's namespace, with the rights of its ServiceAccount. The token is
 * read for each request, since the kubelet renews it.
 *
 * @param path below the namespace, such as `cronjobs/backup`
 * @returns the parsed answer; undefined for a missing object
 * @throws Error when the API server is unreachable or refuses
 */
export async function askKubernetes(group: 'apps/v1' | 'batch/v1', path: string, patch?: object): Promise<unknown> {
  const [token, ca, namespace] = await Promise.all(
    ['token', 'ca.crt', 'namespace'].map((name) => readFile(join(serviceAccountFolder, name), 'utf8')),
  );
  const url = new URL(`/apis/${group}/namespaces/${namespace?.trim()}/${path}`, server);
  const headers = {
    authorization: `Bearer ${token?.trim()}`,
    accept: 'application/json',
    ...(patch === undefined ? {} : { 'content-type': 'application/merge-patch+json' }),
  };
  const method = patch === undefined ? 'GET' : 'PATCH';
  const answer = await send(url, { method, ca, headers, timeout: timeoutMs }, patch);
  return answer === undefined ? undefined : JSON.parse(answer);
}

/** Sends a request; rejects unless the status is a success or 404. */
async function send(url: URL, options: RequestOptions, body?: object): Promise<string | undefined> {
  const asking = request(url, options).end(body && JSON.stringify(body));
  asking.on('timeout', () => asking.destroy(new Error(`no answer in ${timeoutMs / 1_000} s`)));
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const content = await text(answer);
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return content;
  if (status === 404) return undefined;
  throw new Error(`the API server answered ${status}`);
}
