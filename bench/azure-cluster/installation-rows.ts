import { isReady, podsOf } from '../../tests/kubernetes/cluster/kubectl.ts';
import type { Installation, ServiceName } from '../../tests/kubernetes/releases/installation.ts';
import { fill } from '../../tests/kubernetes/releases/production.ts';
import { type Comparison, compare } from '../harness/result.ts';

type Path = readonly [ServiceName, string];

/** A path of each service, and the page's way to one. */
const guarded: readonly Path[] = [
  ['ml-service', '/v1/models'],
  ['data-service', '/v1/symbols'],
  ['scheduler-service', '/v1/runs'],
  ['dashboard', '/api/ml/v1/models'],
];
/** The page itself, which asks for the token. */
const page: Path = ['dashboard', '/'];

/** Whether an installation is ready, answers to the token that the cloud keeps, and comes to predictions. */
export async function installationRows(installation: Installation, token: string): Promise<readonly Comparison[]> {
  const pods = (await podsOf(installation.namespace)).filter(({ status }) => status.phase !== 'Succeeded');
  const otherThan = async (expected: number, paths: readonly Path[], given?: string) => {
    const answers = await Promise.all(paths.map(([name, path]) => installation.fetch(name, path, given)));
    return answers.filter(({ status }) => status !== expected).length;
  };
  const silent = await otherThan(200, [...guarded, page], token);
  const open = await otherThan(401, guarded);
  return [
    none('Pods that are not ready', 'pods', pods.filter((pod) => !isReady(pod)).length, pods.length),
    none('Paths that do not answer to the token of the cloud', 'paths', silent, guarded.length + 1),
    none('Paths that are not refused without a token', 'paths', open, guarded.length),
    some('Predictions published', 'symbols', await fill(installation)),
  ];
}

/** A figure that has to be nothing. */
export function none(name: string, unit: string, figure: number, of: number): Comparison {
  return compare({ name, unit, figure, kind: 't', bar: { sense: 'at most', must: 0 }, note: `of ${of}` });
}

/** A figure that has to be something. */
export function some(name: string, unit: string, figure: number): Comparison {
  return compare({ name, unit, figure, kind: 't', bar: { sense: 'at least', must: 1 } });
}
