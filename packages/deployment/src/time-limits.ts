/** A question to a cluster; a starved one takes half a minute. */
const questionSeconds = 120;
/** What a program does on its own side, and what waits for an object to go, has this as well. */
const workSeconds = 600;

const kubectlQuestions = new Set(['get', 'auth', 'config', 'create', 'replace', 'patch', 'scale', 'logs', 'version']);
const kubectlWork = new Set(['delete', 'apply', 'diff']);
const helmQuestions = new Set(['history', 'get', 'list', 'status', 'template', 'version']);
const helmWork = new Set(['upgrade', 'rollback', 'test', 'install', 'uninstall']);
/** Helm waits so long for hooks before, for pods, and for hooks after; where it is not told, this many seconds. */
const helmWaits = 3;
const helmSeconds = 300;

/**
 * How long a program may take before nobody hears from the cluster any more. By themselves kubectl and helm wait for
 * ever for an API server, or a plugin for credentials, that does not answer. What goes on by design (`logs --follow`,
 * `exec`, `port-forward`), and what waits by a limit of its own, has none.
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
