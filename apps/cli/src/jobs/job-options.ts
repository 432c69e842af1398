import { type JobSettings, jobSettingsSchema, scheduleSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Command } from 'commander';
import { parseInput, textOption, wholeNumber } from '../input.ts';

const fields = jobSettingsSchema.shape;
type Options = Readonly<Record<string, unknown>>;
type Schedule = NonNullable<JobSettings['schedule']>;

/** How each option of a schedule is read. */
const schedules: Readonly<Record<string, (text: string) => unknown>> = {
  daily: (at) => ({ type: 'daily', at }),
  hourly: (minute) => ({ type: 'hourly', minute: wholeNumber(minute, '--hourly', { min: 0, max: 59 }) }),
  weekly: (text) => {
    const [day, at, ...rest] = text.split('@');
    return { type: 'weekly', day: day?.toLowerCase(), at: rest.length > 0 ? text : at };
  },
  marketHours: (minutes) => ({
    type: 'market-hours',
    everyMinutes: wholeNumber(minutes, '--market-hours', { min: 1, max: 150 }),
  }),
  continuous: (seconds) => ({
    type: 'continuous',
    pauseSeconds: wholeNumber(seconds, '--continuous', { min: 0, max: 86_400 }),
  }),
};

/** Adds the options by which a job is described. */
export function addJobOptions(command: Command): Command {
  return command
    .option('--daily <time>', 'every trading day at a time in Japan, as 08:30')
    .option('--hourly <minute>', 'every hour at a minute, 0 to 59')
    .option('--weekly <day@time>', 'once a week, as sunday@02:00')
    .option('--market-hours <minutes>', 'every few minutes in market hours')
    .option('--continuous <seconds>', 'again and again, with a pause of these seconds')
    .option('--payload <json>', 'what the job is asked with, a JSON object')
    .option('--waits-for <jobs>', 'jobs whose run of the same session it waits for, with commas between them')
    .option('--if-failed <what>', 'when one of these fails: skip (not run either) or run; default: skip')
    .option('--longest-wait <seconds>', 'it waits no longer than this')
    .option('--misfire <policy>', 'due times that were missed: skip, run-once or run-all')
    .option('--grace <seconds>', 'a due time this much in the past still counts as on time')
    .option('--description <text>', 'what it is for')
    .option('--reason <text>', 'why, kept with the change')
    .option('--dry-run', 'check it and show what would change, and keep nothing');
}

/**
 * What the options say of a job; what was not given is not there.
 *
 * @throws DayTradeError `input.invalid` naming the option and what is expected
 */
export function jobSettingsOf(options: Options): JobSettings {
  const schedule = scheduleOf(options);
  const number = (name: string, option: string, range: { readonly min: number; readonly max: number }) =>
    options[name] === undefined ? undefined : wholeNumber(options[name], option, range);
  const settings = {
    description: parseInput(fields.description, textOption(options, 'description'), '--description'),
    schedule,
    payload: parseInput(fields.payload, payloadOf(textOption(options, 'payload')), '--payload'),
    misfirePolicy: parseInput(fields.misfirePolicy, textOption(options, 'misfire'), '--misfire'),
    misfireGraceSeconds: number('grace', '--grace', { min: 1, max: 604_800 }),
    waitsFor: waitsOf(options),
    longestWaitSeconds: number('longestWait', '--longest-wait', { min: 0, max: 86_400 }),
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return parseInput(jobSettingsSchema, given, 'the options');
}

function scheduleOf(options: Options): Schedule | undefined {
  const given = Object.entries(schedules).filter(([name]) => options[name] !== undefined);
  if (given.length === 0) return undefined;
  if (given.length > 1) {
    const names = given.map(([name]) => optionOf(name)).join(' and ');
    throw new DayTradeError('input.invalid', `${names}: expected one schedule`, { details: { field: 'schedule' } });
  }
  const [[name, read]] = given as [[string, (text: string) => unknown]];
  return parseInput(scheduleSchema, read(String(options[name])), optionOf(name));
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function waitsOf(options: Options) {
  const names = textOption(options, 'waitsFor');
  if (names === undefined) return undefined;
  const { job, ifFailed } = fields.waitsFor.unwrap().element.shape;
  const whenOneFails = parseInput(ifFailed, textOption(options, 'ifFailed') ?? 'skip', '--if-failed');
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ job: parseInput(job, name, '--waits-for'), ifFailed: whenOneFails }));
}

function payloadOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DayTradeError('input.invalid', `--payload: expected a JSON object, got ${JSON.stringify(text)}`, {
      details: { field: '--payload', value: text },
    });
  }
}
