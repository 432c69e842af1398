import { canarySteps, changedObjects, changeRelease, planCanary, whileHeld } from '@daytrade/deployment';
import type { CommandDefinition } from '../../define-command.ts';
import { canaryOptions, readCanaryOptions } from '../../deployment/canary-options.ts';
import { canaryTrial, withoutCanary } from '../../deployment/canary-trial.ts';
import { checkLines, demandAll } from '../../deployment/check-report.ts';
import { changeOptions, wayBackSeconds } from '../../deployment/deployment-options.ts';
import { kubernetesChecks, kubernetesUpgrade } from '../../deployment/kubernetes-deployment.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { ownProcesses } from '../../deployment/processes.ts';
import { versionInWords } from '../../deployment/release-report.ts';
import { wholeNumber } from '../../input.ts';
import { duration } from '../../output/format.ts';
import { printResult } from '../../output/terminal.ts';

const longestWaitSeconds = 3600;
const usualWaitSeconds = 900;
const notDone = 2;
const notDoneText = 'Nothing was changed: add --yes.';

export const deployKubernetesCommand: CommandDefinition = {
  usage: 'kubernetes',
  summary: 'deploy into the cluster of a context of kubeconfig',
  description: `Looks at everything that the deployment needs, locks the environment, migrates the database, rolls the
version out by helm, has the chart's test ask every service, and writes down what became of it. Whatever fails leads
back to the version that served, by itself; the exit code is then 5, and the message has the cause and the last lines of
the containers that fail. With --take-over, what an interrupted one left is mended first.

With --canary the version runs beside the one that serves first, with a small share of the requests: by the weights of
an HTTPRoute where the values name a Gateway (canary.parents), else by its share of the pods of ml-service. After each
interval both are compared in errors, latency, predictions on the same requests, coverage and width of intervals, and
age of bars. It goes on by --step-weight while it is shown to be well, and is promoted at --max-weight, not within a
trading session unless --in-session says so. Too little traffic means that it waits. Judged bad, it gets nothing more,
and what served stays (exit code 5).

It takes the chart of this clone. Without --yes, and with --dry-run, it shows what would change, and changes nothing.`,
  examples: [
    'daytrade deploy kubernetes --environment development --dry-run',
    'daytrade deploy kubernetes --environment staging --image registry.example/day-trade:0.1.0 --yes',
    'daytrade deploy kubernetes --environment production --context prod --values own.yaml --yes --json',
    'daytrade deploy kubernetes --environment production --image registry.example/day-trade:0.1.0 --canary --yes',
  ],
  configure: (command) =>
    canaryOptions(changeOptions(command))
      .option('--image <image>', 'REPOSITORY@sha256:DIGEST or REPOSITORY:TAG; default: that of the values')
      .option('--values <file...>', 'files of values over those of the environment; the last one wins')
      .option('--set <value...>', 'values over all files, as helm takes them')
      .option('--wait-seconds <seconds>', 'how long to wait until every pod is ready', String(usualWaitSeconds))
      .option('--in-session', 'deploy into production, and promote a canary, while the exchange is open')
      .option('--dry-run', 'show what would change'),
  endSeconds: wayBackSeconds,
  run: (context, { options }) =>
    withDeployment(context, options, async (open) => {
      const { cluster, say, surroundings } = open;
      const asked = kubernetesUpgrade(open, options);
      const canary = readCanaryOptions(options);
      const upgrade = canary === undefined ? asked : withoutCanary(asked);
      const wait = { min: 10, max: longestWaitSeconds };
      const waitSeconds = wholeNumber(options.waitSeconds, '--wait-seconds', wait);
      const checks = await kubernetesChecks(open, upgrade, options, canary);
      say(checkLines(checks));
      demandAll(checks);
      if (options.dryRun === true || options.yes !== true) {
        const changes = changedObjects(await cluster.manifest(), await cluster.rehearsed(upgrade));
        const plan = canary && (await planCanary(cluster, upgrade, canary.settings));
        const steps = plan === undefined ? [] : canarySteps(plan);
        if (options.dryRun !== true) process.exitCode = notDone;
        const value = { deployed: false, checks, changes, ...(canary && { canary: steps }) };
        printResult(context.terminal, context.json, value, () => {
          const lines = changes.map(({ object, change }) => `  ${change} ${object}`);
          const what = lines.length === 0 ? ['No object would change.'] : ['Would change:', ...lines];
          const first = steps.length === 0 ? [] : ['Would first:', ...steps.map((step) => `  ${step}`)];
          return [...first, ...what, options.dryRun === true ? 'Nothing was changed.' : notDoneText].join('\n');
        });
        return;
      }
      await cluster.makeNamespace();
      const what = 'deploy';
      const holder = open.holder(what);
      const why = (options.why as string | undefined) ?? (await commitOf(surroundings));
      const takeOver = options.takeOver === true;
      const held = { processes: ownProcesses, takeOver, say };
      const { signal } = context;
      const trial = canary && canaryTrial(open, canary, { upgrade, waitSeconds, signal });
      const change = { who: holder.who, what, why, takeOver, canary: trial, now: Date.now, onStep: say };
      const record = await whileHeld(cluster, holder, held, (lock) =>
        changeRelease(cluster, lock, change, (it, onStart) => it.upgrade(upgrade, waitSeconds, onStart)),
      );
      printResult(context.terminal, context.json, { deployed: true, record }, () => {
        const { to, from, seconds } = record;
        return `Version ${versionInWords(to)} serves, before: ${versionInWords(from)}; ${duration(seconds ?? 0)}.`;
      });
    }),
};

/** The commit of the clone, where git knows it. */
async function commitOf({ programs, root }: { programs: { tryRead: Reads }; root: string }): Promise<string> {
  const text = await programs.tryRead('git', ['log', '-1', '--format=%h %s'], { folder: root });
  return text?.trim() ?? 'no reason given';
}

type Reads = (program: string, args: readonly string[], options: { folder: string }) => Promise<string | undefined>;
