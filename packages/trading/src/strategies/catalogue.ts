import { DayTradeError } from '@daytrade/errors';
import { alwaysLong } from './always-long.ts';
import { gapFade } from './gap-fade.ts';
import { intervalBreakout } from './interval-breakout.ts';
import { ranking } from './ranking.ts';
import type { Candidates, Parameters, Strategy } from './strategy.ts';

/** Strategies of the platform: one line each. */
export const strategies = {
  'always-long': alwaysLong,
  'gap-fade': gapFade,
  'interval-breakout': intervalBreakout,
  ranking,
} as const satisfies Readonly<Record<string, Strategy>>;

/**
 * Returns a strategy of the platform.
 *
 * @throws DayTradeError `input.invalid` with the names that there are
 */
export function strategyNamed(name: string): Strategy {
  if (isShipped(name)) return strategies[name];
  const known = Object.keys(strategies).join(', ');
  throw invalid(name, 'strategy', `strategy: there is no ${name}; there are ${known}`);
}

/** Tells a strategy of the platform from one in a file of its own. */
export function isShipped(name: string): name is keyof typeof strategies {
  return Object.hasOwn(strategies, name);
}

/** Highest number of parameter sets that are tried. */
const mostSets = 200;

/**
 * Returns the parameter sets to try: every combination of candidates, with given values instead of theirs.
 *
 * @param chosen candidates instead of those of the strategy
 * @throws DayTradeError `input.invalid` for an unknown parameter, a value beyond its range, or too many combinations
 */
export function parameterSets(strategy: Described, given: Parameters, chosen: Candidates = {}): readonly Parameters[] {
  for (const [name, value] of Object.entries(given)) checkParameter(strategy, name, value);
  for (const [name, values] of Object.entries(chosen)) {
    for (const value of values) checkParameter(strategy, name, value, '--candidates');
  }
  let sets: Parameters[] = [{}];
  for (const { name, candidates } of strategy.parameters) {
    const values = given[name] === undefined ? (chosen[name] ?? candidates) : [given[name]];
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  }
  if (sets.length <= mostSets) return sets;
  throw invalid('', '--candidates', `--candidates: expected at most ${mostSets} combinations, got ${sets.length}`);
}

type Described = Pick<Strategy, 'name' | 'parameters'>;

/** Returns the defaults of a strategy, with given values instead of theirs. */
export function defaultParameters(strategy: Described, given: Parameters): Parameters {
  return { ...Object.fromEntries(strategy.parameters.map((one) => [one.name, one.default])), ...given };
}

/**
 * Returns {@link defaultParameters} after a check of the given values.
 *
 * @throws DayTradeError `input.invalid` for an unknown parameter, or a value beyond its range
 */
export function checkedParameters(strategy: Described, given: Parameters): Parameters {
  for (const [name, value] of Object.entries(given)) checkParameter(strategy, name, value);
  return defaultParameters(strategy, given);
}

function checkParameter(strategy: Described, name: string, value: number, field = '--set'): void {
  const definition = strategy.parameters.find((one) => one.name === name);
  if (definition === undefined) {
    const known = strategy.parameters.map((one) => one.name).join(', ');
    throw invalid(name, field, `${field} ${name}: ${strategy.name} has no such parameter; it has ${known}`);
  }
  const { low, high, whole } = definition;
  if (value >= low && value <= high && (whole !== true || Number.isInteger(value))) return;
  const kind = whole === true ? 'a whole number' : 'a number';
  throw invalid(name, field, `${field} ${name}: expected ${kind} from ${low} to ${high}, got ${value}`);
}

function invalid(name: string, field: string, message: string): DayTradeError {
  return new DayTradeError('input.invalid', message, { details: { field, parameter: name } });
}
