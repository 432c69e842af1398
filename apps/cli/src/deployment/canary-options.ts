import { type CanarySettings, usualCanary } from '@daytrade/canary';
import { DayTradeError } from '@daytrade/errors';
import type { Command } from 'commander';
import { wholeNumber } from '../input.ts';

const aDay = 86_400;
const usualProbes = 600;
/** Each step is a revision, of which helm keeps sixty: with more, the version that serves would be forgotten. */
const mostSteps = 20;
/** A trading session, in which a version that is well is not promoted, is waited for to its end. */
const courseIntervals = { least: 100, most: 1_440 };

type Options = Readonly<Record<string, unknown>>;

/** How a canary is taken through its steps, by options in the words of the judge. */
export interface CanaryOptions {
  readonly settings: CanarySettings;
  /** Intervals without a promotion after which it is ended: a day, where that is some number of them. */
  readonly mostIntervals: number;
  /** Reads that are sent to each version in each interval. */
  readonly probes: number;
  /** Whether it may be promoted within a trading session. */
  readonly forced: boolean;
}

const needsCanary = ['interval', 'threshold', 'stepWeight', 'maxWeight', 'probes'] as const;

/** Adds the options of a canary to a command. */
export function canaryOptions(command: Command): Command {
  const { interval, threshold, stepWeight, maxWeight } = usualCanary;
  return command
    .option('--canary', 'try the version beside the one that serves, on a small share of the requests, and judge it')
    .option('--interval <seconds>', `canary: how long each look takes; default: ${interval}`)
    .option('--threshold <intervals>', `canary: undecided looks in a row before it is ended; default: ${threshold}`)
    .option('--step-weight <percent>', `canary: what each step adds; default: ${stepWeight}`)
    .option('--max-weight <percent>', `canary: the share from which it is promoted; default: ${maxWeight}`)
    .option('--probes <count>', `canary: reads that are sent to each version in a look; default: ${usualProbes}`);
}

/**
 * What the options say of a canary; undefined without `--canary`.
 * @throws DayTradeError `input.invalid` for a value that is none, for one without `--canary`, and for too many steps
 */
export function readCanaryOptions(options: Options): CanaryOptions | undefined {
  if (options.canary !== true) {
    const found = needsCanary.find((name) => options[name] !== undefined);
    if (found === undefined) return undefined;
    const field = optionOf(found);
    throw new DayTradeError('input.invalid', `${field}: goes with --canary`, { details: { field } });
  }
  const number = (name: (typeof needsCanary)[number], usual: number, min: number, max: number) =>
    options[name] === undefined ? usual : wholeNumber(options[name], optionOf(name), { min, max });
  const settings = {
    ...usualCanary,
    interval: number('interval', usualCanary.interval, 1, aDay),
    threshold: number('threshold', usualCanary.threshold, 1, 100),
    stepWeight: number('stepWeight', usualCanary.stepWeight, 1, 90),
    maxWeight: number('maxWeight', usualCanary.maxWeight, 1, 90),
  };
  const { interval, stepWeight, maxWeight } = settings;
  const steps = Math.ceil(maxWeight / stepWeight);
  if (steps > mostSteps) {
    const field = '--step-weight';
    const message = `${field}: ${steps} steps up to ${maxWeight} %, at most ${mostSteps}: each is a revision of helm`;
    throw new DayTradeError('input.invalid', message, { details: { field, steps, most: mostSteps } });
  }
  const { least, most } = courseIntervals;
  return {
    settings,
    mostIntervals: Math.min(most, Math.max(least, Math.ceil(aDay / interval))),
    probes: number('probes', usualProbes, 0, 1_000_000),
    forced: options.inSession === true,
  };
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
