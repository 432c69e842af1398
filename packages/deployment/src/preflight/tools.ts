import type { Programs } from '../programs.ts';
import { bad, type Check, good } from './check.ts';

/** A program, how it says its version, and the least that is needed. */
interface Tool {
  readonly name: string;
  readonly args: readonly string[];
  readonly least: readonly [number, number];
  readonly from: string;
}

const tools = {
  helm: { name: 'helm', args: ['version', '--short'], least: [3, 14], from: 'https://helm.sh/docs/intro/install' },
  kubectl: {
    name: 'kubectl',
    args: ['version', '--client'],
    least: [1, 28],
    from: 'https://kubernetes.io/docs/tasks/tools',
  },
  terraform: {
    name: 'terraform',
    args: ['version'],
    least: [1, 11],
    from: 'https://developer.hashicorp.com/terraform/install',
  },
  aws: { name: 'aws', args: ['--version'], least: [2, 0], from: 'https://aws.amazon.com/cli' },
  az: {
    name: 'az',
    args: ['version', '--output', 'json'],
    least: [2, 60],
    from: 'https://learn.microsoft.com/cli/azure/install-azure-cli',
  },
  kubelogin: { name: 'kubelogin', args: ['--version'], least: [0, 1], from: 'https://azure.github.io/kubelogin' },
} as const satisfies Readonly<Record<string, Tool>>;

export type ToolName = keyof typeof tools;

/** Whether a program is there and new enough. */
export async function toolCheck(programs: Programs, name: ToolName): Promise<Check> {
  const { args, least, from }: Tool = tools[name];
  const mend = `install ${name} ${least.join('.')} or newer: ${from}`;
  let text: string;
  try {
    text = await programs.read(name, args);
  } catch (error) {
    return bad(name, (error as Error).message, mend);
  }
  const [found, major = 0, minor = 0] = (/(\d+)\.(\d+)[.\d]*/.exec(text) ?? ['?']).map((part, at) =>
    at === 0 ? part : Number(part),
  ) as [string, number?, number?];
  const enough = major > least[0] || (major === least[0] && minor >= least[1]);
  return enough ? good(name, String(found)) : bad(name, `${found} is too old`, mend);
}
