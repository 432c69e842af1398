import { changeRelease, versionOf, versionToReturnTo, whileHeld } from '@daytrade/deployment';
import type { CommandDefinition } from '../../define-command.ts';
import { changeOptions, wayBackSeconds } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { ownProcesses } from '../../deployment/processes.ts';
import { versionInWords } from '../../deployment/release-report.ts';
import { wholeNumber } from '../../input.ts';
import { duration } from '../../output/format.ts';
import { printResult } from '../../output/terminal.ts';

const mostRevisions = 100_000;
const notDone = 2;

export const deployRollbackCommand: CommandDefinition = {
  usage: 'rollback [version]',
  summary: 'go back to an earlier version of the application',
  description: `Goes back to one of the last five versions that served, by default to the one before; daytrade deploy
status names them. Databases are not rolled back: migrations only add. It works in clusters of any kind, the clouds'
among them, by the context of kubeconfig. Whatever fails leads back to the version that serves now.

Without --yes it shows where it would go, and changes nothing.`,
  examples: [
    'daytrade deploy rollback --environment staging',
    'daytrade deploy rollback 7 --environment production --yes --why narrow-intervals',
  ],
  configure: changeOptions,
  endSeconds: wayBackSeconds,
  run: (context, { args, options }) =>
    withDeployment(context, options, async ({ cluster, say, holder: holderOf }) => {
      const [text] = args;
      const asked = text === undefined ? undefined : wholeNumber(text, 'version', { min: 1, max: mostRevisions });
      const version = await versionToReturnTo(cluster, asked);
      if (options.yes !== true) {
        process.exitCode = notDone;
        printResult(context.terminal, context.json, { rolledBack: false, version }, () => {
          return `Would go back to version ${version}. Nothing was changed: add --yes.`;
        });
        return;
      }
      const what = `rollback to ${version}`;
      const holder = holderOf(what);
      const why = (options.why as string | undefined) ?? 'no reason given';
      const takeOver = options.takeOver === true;
      const held = { processes: ownProcesses, takeOver, say };
      const { image } = await versionOf(cluster, version);
      const change = { who: holder.who, what, why, image, takeOver, now: Date.now, onStep: say };
      const record = await whileHeld(cluster, holder, held, (lock) =>
        changeRelease(cluster, lock, change, (it, onStart) => it.rollBackTo(version, onStart)),
      );
      printResult(context.terminal, context.json, { rolledBack: true, record }, () => {
        const { to, from, rolledOutSeconds = 0, trafficSeconds = rolledOutSeconds, seconds } = record;
        const took = `${duration(trafficSeconds)} until it had all requests, ${duration(seconds ?? 0)} with its proof`;
        return `Version ${versionInWords(to)} serves, as ${version} did; before: ${versionInWords(from)}; ${took}.`;
      });
    }),
};
