import { setTimeout as pause } from 'node:timers/promises';
import {
  type AnswerOf,
  type BackfillEntry,
  backfillRequestSchema,
  type RunProgress,
  routes,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say } from '../language/language.ts';
import { japanClock, quantity } from '../output/format.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { programName } from '../program-name.ts';

type Backfill = AnswerOf<typeof routes.backfill>;

const lookEveryMs = 1_000;

export const jobsBackfillCommand: CommandDefinition = {
  usage: 'backfill <job>',
  summary: 'make up for what a job missed in a range of days',
  description: `Runs a job for every due time in a range of days whose run is missing or failed, and waits for all of
them. A due time whose run succeeded is left out, so the command can be called again at any time, also after Ctrl-C,
which ends the waiting and leaves the runs.

Only a job whose runs are about their session can be made up for: report. The others do the same whichever session they
are for.`,
  examples: [
    'daytrade jobs backfill report --from 2026-11-02 --to 2026-11-20 --dry-run',
    'daytrade jobs backfill report --from 2026-11-02 --to 2026-11-20',
  ],
  configure: (command) =>
    command
      .requiredOption('--from <date>', 'first day, YYYY-MM-DD')
      .requiredOption('--to <date>', 'last day, YYYY-MM-DD')
      .option('--dry-run', 'show what would be run, and run nothing'),
  run: async (context, { args, options }) => {
    const name = String(args[0]);
    const { from, to } = options;
    const dryRun = options.dryRun === true;
    const body = parseInput(backfillRequestSchema, { from, to, dryRun }, '--from');
    const { scheduler } = await context.connect();
    const ask = async (replays: boolean) =>
      await scheduler.call(routes.backfill, { params: { name }, body: { ...body, replays } });
    const done = dryRun ? await ask(true) : await untilAllEnded(context, name, ask);
    const result = { job: name, dryRun, entries: done.entries };
    printResult(context.terminal, context.json, result, () => inWords(done, dryRun));
    const failed = done.entries.filter(({ action }) => action === 'replay').length;
    if (!dryRun && failed > 0) throw notAllDone(name, failed);
  },
};

/** Starts runs as there is room for them, until all have ended. A run that fails meanwhile is not retried. */
async function untilAllEnded(
  { terminal, signal }: CommandContext,
  title: string,
  ask: (replays: boolean) => Promise<Backfill>,
): Promise<Backfill> {
  const line = new ProgressLine(terminal.stderr, title);
  try {
    let answer = await ask(true);
    while (answer.left > 0 || answer.entries.some(({ action }) => action === 'under-way')) {
      line.show(progressOf(answer), false);
      if (signal.aborted) throw new DayTradeError('run.cancelled', `the waiting was ended; call it again to go on`);
      // The service asks its ledger about each due time.
      await pause(Math.max(lookEveryMs, answer.entries.length * 5));
      answer = await ask(false);
    }
    return answer;
  } finally {
    line.end();
  }
}

function progressOf({ entries }: Backfill): RunProgress {
  const done = entries.filter(({ action }) => action === 'done').length;
  const message = say`${done} of ${entries.length}`;
  return { stage: 'making up', fraction: done / Math.max(1, entries.length), remainingSeconds: null, message };
}

const inPlainWords: Readonly<Record<BackfillEntry['action'], string>> = {
  start: 'has no run',
  replay: 'failed',
  'under-way': 'is under way',
  done: 'is done',
};

function inWords({ entries }: Backfill, dryRun: boolean): string {
  if (entries.length === 0) return say`Nothing was due on these days.`;
  const rows = table(entries, {
    'due (JST)': ({ scheduledFor }) => japanClock(scheduledFor),
    state: ({ action }) => say(inPlainWords[action]),
    run: ({ run }) => run,
    status: ({ status }) => status && say(status),
  });
  const needed = entries.filter(({ action }) => action === 'start' || action === 'replay').length;
  const note = dryRun ? say`Runs that would be started: ${needed}. Nothing was.` : say`Due times: ${entries.length}.`;
  return `${rows}\n\n${note}`;
}

function notAllDone(job: string, failed: number): DayTradeError {
  const message =
    `${quantity(failed, 'run')} of ${job} failed: see \`${programName} runs list --dead\`, correct the cause ` +
    'and call this again';
  return new DayTradeError('run.failed', message, { details: { job, failed } });
}
