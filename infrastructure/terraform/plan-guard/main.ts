#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isDay, readAllowList } from './allow-list.ts';
import { judgePlan, type Loss, type Verdict } from './judge-plan.ts';
import { readPlan, UnreadableError } from './read-plan.ts';

const help = `Refuses a Terraform plan that would replace or destroy a database, cache, bucket, key, cluster, or what
else README.md beside it names.

Usage: node infrastructure/terraform/plan-guard/main.ts [options] [PLAN_JSON]

  terraform plan -var-file="production.tfvars" -out=plan.bin
  terraform show -json plan.bin | node ../plan-guard/main.ts

PLAN_JSON is what \`terraform show -json\` prints; without it, or as -, it is read from standard input.

  --allow-list FILE  losses that are wanted: { "allowed": [{ "address", "action", "reason", "until" }] },
                     action "replace" or "destroy", until the last day on which it counts (YYYY-MM-DD)
  --today DAY        the day that "until" is compared with; default is today in UTC
  --json             one JSON object instead of lines
  --help             this text

Exit code: 0 allowed, 1 refused, 2 wrong options, or a file that cannot be read.
`;

/** Runs the guard. @returns the exit code */
function run(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'allow-list': { type: 'string' },
      today: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length > 1) throw new UnreadableError(`one plan at a time, not ${positionals.length}`);
  const today = values.today ?? new Date().toISOString().slice(0, 10);
  if (!isDay(today)) throw new UnreadableError(`--today ${today}: expected YYYY-MM-DD`);
  const list = values['allow-list'];
  const allowances = list === undefined ? [] : readAllowList(read(list), list);
  const file = positionals[0] ?? '-';
  const verdict = judgePlan(readPlan(read(file), file === '-' ? 'standard input' : file), allowances, today);
  process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : describe(verdict));
  return verdict.verdict === 'allowed' ? 0 : 1;
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UnreadableError(`cannot read ${file === '-' ? 'standard input' : file}: ${(error as Error).message}`);
  }
}

function describe({ verdict, losses, unused, changes }: Verdict): string {
  const refused = losses.filter((loss) => loss.verdict === 'refused');
  const last =
    verdict === 'allowed'
      ? `plan-guard: allowed: ${changes} objects looked at, ${losses.length} guarded ones are lost by decision`
      : `plan-guard: refused: ${refused.length} of ${changes} objects would be lost. If that is wanted, name each ` +
        'in the allow-list.';
  const lines = [
    ...losses.map(line),
    ...unused.map((address) => `unused   ${address}: no such loss in this plan`),
    last,
  ];
  return `${lines.join('\n')}\n`;
}

function line({ verdict, address, kind, action, forcedBy, because }: Loss): string {
  const forced = forcedBy.length === 0 ? '' : ` (forced by ${forcedBy.join(', ')})`;
  return `${verdict.padEnd(8)} ${address}: ${action} of a ${kind}${forced}; ${because}`;
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  const wrongOption = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;
  if (!(error instanceof UnreadableError) && !wrongOption) throw error;
  console.error(`plan-guard: ${(error as Error).message}`);
  process.exitCode = 2;
}
