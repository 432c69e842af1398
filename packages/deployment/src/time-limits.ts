/** A question to a cluster; a starved one takes half a minute. */
const questionSeconds = 120;
/** What a program does on its own side, and what waits for an object to go, has this as well. */
const workSeconds = 600;
/** A question to a cloud or to its registry. */
const cloudSeconds = 300;
/** What Terraform reads from its state, which may be far away and large. */
const stateSeconds = 600;
/** Terraform downloads its providers, of some hundred megabytes each. */
const initialisingSeconds = 1_800;

const kubectlQuestions = new Set(['get', 'auth', 'config', 'create', 'replace', 'patch', 'scale', 'logs', 'version']);
const kubectlWork = new Set(['delete', 'apply', 'diff']);
const helmQuestions = new Set(['history', 'get', 'list', 'status', 'template', 'version']);
const terraformQuestions = new Set(['output', 'providers', 'show', 'validate', 'version']);
const skopeoQuestions = new Set(['inspect', 'list-tags', 'login', '--version']);
const helmWork = new Set(['upgrade', 'rollback', 'test', 'install', 'uninstall']);
/** Helm waits so long for hooks before, for pods, and for hooks after; where it is not told, this many seconds. */
const helmWaits = 3;
const helmSeconds = 300;

/**
 * How long a program may take before nobody hears from the cluster, or from the cloud, any more. By themselves they
 * wait for ever for a server, or a plugin for credentials, that does not answer. What goes on by design (`logs
 * --follow`, `exec`, `port-forward`), what waits by a limit of its own, what copies an image, and what holds the lock
 * of Terraform's state (`plan`, `apply`, `destroy`), which would keep it when it is ended by force, has none.
 *
 * @returns seconds; undefined: as long as it takes
 */
export function longestSeconds(program: string, args: readonly string[]): number | undefined {
  const asks = (verbs: ReadonlySet<string>) => args.some((arg) => verbs.has(arg));
  switch (program) {
    case 'kubectl':
      if (args.some((arg) => /^(?:exec|--watch|--follow)$/.test(arg))) return undefined;
      if (asks(kubectlWork)) return workSeconds;
      return asks(kubectlQuestions) ? questionSeconds : undefined;
    case 'helm':
      if (asks(helmWork)) return helmWaits * timeoutOf(args) + workSeconds;
      return asks(helmQuestions) ? questionSeconds : undefined;
    case 'terraform': {
      const verb = args.find((arg) => !arg.startsWith('-')) ?? '';
      if (verb === 'init') return initialisingSeconds;
      const isAsked = verb === 'state' ? args.includes('list') : terraformQuestions.has(verb);
      return isAsked ? stateSeconds : undefined;
    }
    case 'aws':
    case 'az':
      return args.includes('wait') ? undefined : cloudSeconds;
    case 'skopeo':
      return skopeoQuestions.has(args[0] ?? '') ? cloudSeconds : undefined;
    case 'kubelogin':
      return questionSeconds;
    case 'cluster':
      return args[0] === 'up' ? workSeconds : questionSeconds;
    default:
      return undefined;
  }
}

/** Seconds of helm's `--timeout`, as 90s or 10m. */
function timeoutOf(args: readonly string[]): number {
  const [, number, unit] = /^(\d+)([smh])$/.exec(args[args.indexOf('--timeout') + 1] ?? '') ?? [];
  if (number === undefined) return helmSeconds;
  return Number(number) * { s: 1, m: 60, h: 3_600 }[unit as 's' | 'm' | 'h'];
}
