// Writes two pages of docs/, and the settings that the chart accepts, from tables in the code:
// `node scripts/run.mjs scripts/write-reference-pages.ts`. With --check it writes nothing and ends with exit code 1
// if a file differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isSecret,
  onlyInTheEnvironment,
  secretFiles,
  settingKey,
  settingsSchema,
} from '../packages/contracts/src/index.ts';
import { type ErrorCodeEntry, errorCodes } from '../packages/errors/src/index.ts';

const made = 'by\n`node scripts/run.mjs scripts/write-reference-pages.ts`; a test compares the two.';
const root = join(import.meta.dirname, '..');
const chartSchema = 'infrastructure/helm/day-trade-ml/values.schema.json';
const pages = { 'docs/errors.md': errorPage(), 'docs/settings.md': settingsPage(), [chartSchema]: schemaOfChart() };

for (const [file, page] of Object.entries(pages)) {
  const path = join(root, file);
  if (!process.argv.includes('--check')) writeFileSync(path, page);
  else if (readFileSync(path, 'utf8') !== page) {
    console.error(`${file} is not what the code says: node scripts/run.mjs scripts/write-reference-pages.ts`);
    process.exitCode = 1;
  }
}

/**
 * The chart's schema with every setting by its name. A setting that no process knows keeps a pod from starting, so the
 * values may not contain one.
 */
function schemaOfChart(): string {
  const lines = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const { enum: choices } = schema.toJSONSchema({ unrepresentable: 'any' }) as DescribedSetting;
    const value =
      choices === undefined
        ? '"$ref": "#/definitions/setting"'
        : `"enum": [${choices.map((one) => `"${one}"`).join(', ')}]`;
    return `        "^${name}$": { ${value} },\n`;
  });
  const text = readFileSync(join(root, chartSchema), 'utf8');
  return text.replace(/(?: +"\^DAYTRADE_[A-Z0-9_]+\$": .*\n)+/, () => lines.join(''));
}

function errorPage(): string {
  const rows = Object.entries(errorCodes).map(([code, entry]: [string, ErrorCodeEntry]) => {
    const { kind, status, exitCode, retryable, title, remedy } = entry;
    return tableRow([`\`${code}\``, kind, status, exitCode, retryable ? 'yes' : 'no', title, remedy]);
  });
  return `# Error codes

Made from \`packages/errors/src/codes.ts\` ${made}

Every HTTP response with status 400 or above is an RFC 9457 problem document with one of these codes. Every command that
fails ends with the exit code beside it: 2 bad input, 3 not found or not ready, 4 a conflict, 5 a dependency failed,
70 a bug, 130 cancelled.

| code | kind | HTTP status | exit code | worth a retry | what it means | what to do |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A setting as JSON schema describes it, for the value that its parsing gives. */
interface DescribedSetting {
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function settingsPage(): string {
  const listed = Object.entries(settingsSchema.shape).filter(([name]) => !(name in secretFiles));
  const rows = listed.map(([name, schema]) => {
    const setting = schema.toJSONSchema({ unrepresentable: 'any' }) as DescribedSetting;
    const value = allowedOf(name, setting);
    return tableRow([
      `\`${name}\``,
      keyInFile(name),
      describeDefault(setting.default),
      value,
      setting.description ?? '',
    ]);
  });
  return `# Settings

Made from \`packages/contracts/src/settings\` ${made}

Environment variables of every command and process, or lines of \`day-trade.toml\` at the top of the clone (or of the
file that \`DAYTRADE_SETTINGS_FILE\` names); the environment comes first. \`daytrade doctor\` shows the values in force,
and where each comes from. A name that is not listed here is refused. So is a wrong value, with what is allowed, and a
secret in the file. For each secret \`NAME\` there is \`NAME_FILE\`, the path of a file that has the secret alone.

In the file a name has sections. A relative path begins in the folder of the file:

\`\`\`toml
[jquants]
plan = "light"
api_key_file = "../jquants-key"

[max]
in_flight = 8
\`\`\`

| setting | in the file | default | value | what it is |
|---|---|---|---|---|
${rows.join('\n')}

## Jobs

A section \`[jobs.NAME]\` changes a job of \`daytrade jobs list\`, or adds one that starts a job of the platform. The
scheduler reads it when it starts, and refuses a wrong one with the name of job and field. In the environment
\`DAYTRADE_JOBS\` has all of them as one JSON object.

\`\`\`toml
[jobs.retraining]
enabled = false

[jobs.market-preparation]
payload = { mostPerSector = 2 }

[jobs.backups]
queueJob = "backup"
schedule = { type = "daily", at = "02:00" }
\`\`\`

Fields of a section:

- \`schedule\`, in Japan time: \`{ type = "daily", at = "08:30" }\` on trading days, \`{ type = "hourly", minute = 15 }\`,
  \`{ type = "weekly", day = "sunday", at = "02:00" }\`, \`{ type = "market-hours", everyMinutes = 15 }\`,
  \`{ type = "continuous", pauseSeconds = 240 }\`
- \`enabled\`: whether the clock starts it; due times while it is off are not made up for
- \`payload\`: input of the job
- \`queueJob\`, of an added job: the job that it starts
- \`waitsFor\`: jobs whose run of the same session it waits for, as \`[{ job = "data-update", ifFailed = "skip" }]\`;
  \`skip\` or \`run\` when one fails
- \`longestWaitSeconds\`: it waits no longer, then runs
- \`misfirePolicy\`: due times that were missed: \`skip\`, \`run-once\` or \`run-all\`
- \`misfireGraceSeconds\`: a due time this much in the past still counts as on time
- \`description\`: text of \`daytrade jobs list\`

A job whose schedule is changed may run once at the next start: due times since its last one count as missed.
`;
}

function keyInFile(name: string): string {
  return isSecret(name) || onlyInTheEnvironment.includes(name) ? '–' : `\`${settingKey(name)}\``;
}

function allowedOf(name: string, { enum: choices, unit, minimum, maximum }: DescribedSetting): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (isSecret(name)) return 'secret';
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}${unit ? `, ${unit}` : ''}`;
  return unit ?? 'true or false';
}

function describeDefault(value: unknown): string {
  if (value === undefined) return 'not set';
  return value === '' ? 'empty' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
