import { type CanarySettings, usualCanary } from '@daytrade/canary';
import { DayTradeError } from '@daytrade/errors';
import type { Command } from 'commander';
import { wholeNumber } from '../input.ts';

const aDay = 86_400;
const usualProbes = 600;

type Options = Readonly<Record<string, unknown>>;

/** How a canary is taken through its steps, by options in the words of the judge. */
export interface CanaryOptions {
  readonly settings: CanarySettings;
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
 * @throws DayTradeError `input.invalid` for a value that is none, and for one without `--canary`
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
  return {
    settings: {
      ...usualCanary,
      interval: number('interval', usualCanary.interval, 1, aDay),
      threshold: number('threshold', usualCanary.threshold, 1, 100),
      stepWeight: number('stepWeight', usualCanary.stepWeight, 1, 90),
      maxWeight: number('maxWeight', usualCanary.maxWeight, 1, 90),
    },
    probes: number('probes', usualProbes, 0, 1_000_000),
    forced: options.inSession === true,
  };
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
