import { DayTradeError } from '@daytrade/errors';
import { mostTraded, onGrid, sharesFor } from './sizing.ts';
import { invested, most, type Strategy } from './strategy.ts';

/** Functions and shared parameters for a strategy in a file of its own. */
const tools = { most, invested, mostTraded, sharesFor, onGrid };

/** Default export of a strategy's file. The name of the strategy is that of the file. */
export type StrategyFile = (given: typeof tools) => Omit<Strategy, 'name'>;

/**
 * Makes a strategy of the default export of a file.
 *
 * @throws DayTradeError `input.invalid` with what is wrong
 */
export function strategyOfFile(name: string, exported: unknown): Strategy {
  const fail = (expected: string) => new DayTradeError('input.invalid', `${name}.ts: expected ${expected}`);
  if (typeof exported !== 'function') throw fail('a default export that is a function; see docs/strategies.md');
  const made: unknown = exported(tools);
  if (typeof made !== 'object' || made === null) throw fail('its function to return a strategy');
  const { summary, parameters = [], needsForecasts = false, with: bind } = made as Partial<Strategy>;
  if (typeof summary !== 'string' || summary === '') throw fail('summary: a sentence');
  if (typeof bind !== 'function')
    throw fail('with: a function of the parameters that returns the function of a session');
  if (!Array.isArray(parameters)) throw fail('parameters: a list');
  for (const one of parameters as Strategy['parameters']) {
    if (typeof one?.name !== 'string') throw fail('a name for each parameter');
    const values = [one.low, one.high, one.default, ...(one.candidates ?? [NaN])];
    if (values.every((value) => value >= one.low && value <= one.high)) continue;
    throw fail(`parameter ${one.name}: low, high, and default and candidates between them`);
  }
  return { name, summary, parameters, needsForecasts: needsForecasts === true, with: bind.bind(made) };
}
