import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reportPageQuerySchema } from '@daytrade/contracts';
import type { CloudName } from '@daytrade/deployment';
import { type RehearsalReport, reportPage, stepNames, stepNeeds, stepTools } from '@daytrade/rehearsal';
import type { CommandDefinition } from '../../define-command.ts';
import { checkLines, demandAll } from '../../deployment/check-report.ts';
import { wayBackSeconds } from '../../deployment/deployment-options.ts';
import { withDeployment } from '../../deployment/open-deployment.ts';
import { parseInput, textOption } from '../../input.ts';
import { duration } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printNote, printResult } from '../../output/terminal.ts';
import { imagesOf, loadOf, rehearsalOptions, stepsOf } from '../../rehearsal/rehearsal-options.ts';
import { rehearsalChecks, rehearse } from '../../rehearsal/rehearse.ts';

const titles: Readonly<Record<CloudName, string>> = { aws: 'AWS', azure: 'Azure' };
/** As of a deployment that failed. */
const missedCode = 5;

export const rehearseAwsCommand = rehearseCommand('aws');
export const rehearseAzureCommand = rehearseCommand('azure');

function rehearseCommand(cloud: CloudName): CommandDefinition {
  return {
    usage: cloud,
    summary: `rehearse an environment on ${titles[cloud]} without a cloud, and report every figure`,
    description: `Goes through what happens to an environment, on this machine: its Terraform against a simulator of
${titles[cloud]}, its chart on the cluster of KUBECONFIG in a namespace of its own, with what the cloud manages stood in
for; then an upgrade under load, one that fails, a rollback, a pod that is killed, a backup and a restore. All of it is
taken away again at the end, also after Ctrl-C. It has no credentials of yours and reaches no cloud: the simulator has
to be on this machine, and the cluster too.

It writes report.html and report.json, and ends with 5 where a figure misses its bar. Steps: ${stepNames.join(', ')}.`,
    examples: [
      `daytrade rehearse ${cloud} --environment production --dry-run`,
      `daytrade rehearse ${cloud} --environment production --endpoint http://127.0.0.1:5000`,
      `daytrade rehearse ${cloud} --environment staging --only rollback restore --json`,
    ],
    configure: (command) => void rehearsalOptions(command, cloud),
    endSeconds: wayBackSeconds,
    whenInterrupted: 'taking away what was made … (again to stop at once, and LEAVE it)',
    run: (context, { options }) =>
      withDeployment(context, options, async (open) => {
        const { terminal, json, signal, settings } = context;
        const asked = parseInput(reportPageQuerySchema.shape.language, options.language, '--language');
        const steps = stepsOf(options);
        imagesOf(options);
        loadOf(options);
        const rehearsal = { open, cloud, steps, options, signal };
        const checks = await rehearsalChecks(rehearsal);
        if (options.dryRun === true) {
          const listed = steps.map((step) => ({ step, begins: stepNeeds[step], programs: stepTools[step] }));
          printResult(terminal, json, { steps: listed, checks }, () => {
            const rows = listed.map(({ step, begins, programs }) => [step, begins.join(', '), programs.join(', ')]);
            const columns = [{ title: 'step' }, { title: 'begins from' }, { title: 'programs' }];
            return `${renderTable(columns, rows)}\n\n${checkLines(checks)}\nNothing was done.`;
          });
          return;
        }
        printNote(terminal, checkLines(checks));
        demandAll(checks);
        const report = await rehearse(rehearsal);
        const folder = textOption(options, 'output') ?? `rehearsal-${cloud}-${open.place.environment}`;
        const files = writeReport(resolve(folder), report, asked ?? settings.DAYTRADE_REPORT_LANGUAGE);
        if (!report.holds) process.exitCode = missedCode;
        printResult(terminal, json, { ...report, files }, () => {
          const rows = report.steps.map(({ step, verdict, seconds }) => [step, verdict, duration(seconds)]);
          const table = renderTable([{ title: 'step' }, { title: 'verdict' }, { title: 'took', align: 'right' }], rows);
          const all = report.holds ? 'Every figure meets its bar' : 'Not every figure meets its bar';
          return `${table}\n\n${all}; ${duration(Number(report.total.value))}. ${files.html}`;
        });
      }),
  };
}

function writeReport(folder: string, report: RehearsalReport, language: 'en' | 'ja') {
  mkdirSync(folder, { recursive: true });
  const files = { html: join(folder, 'report.html'), json: join(folder, 'report.json') };
  writeFileSync(files.html, reportPage(report, language));
  writeFileSync(files.json, `${JSON.stringify(report, null, 2)}\n`);
  return files;
}
