import { DayTradeError } from '@daytrade/errors';
import { mostTraded, onGrid, sharesFor } from './sizing.ts';
import { invested, most, type Strategy } from './strategy.ts';

/** Functions and shared parameters for a strategy in a file of its own. */
const tools = { most, invested, mostTraded, sharesFor, onGrid };

/** A parameter of a file, which may lack its description and candidates. */
type Parameter = Strategy['parameters'][number];
type GivenParameter = Omit<Parameter, 'description' | 'candidates'> & Partial<Parameter>;

/** Default export of a strategy's file. The name of the strategy is that of the file. */
export type StrategyFile = (given: typeof tools) => Omit<Strategy, 'name'>;

/**
 * Makes a strategy of the default export of a file.
 *
 * @throws DayTradeError `input.invalid` with what is wrong
 */
export function strategyOfFile(name: string, exported: unknown): Strategy {
  const fail = (expected: string) => new DayTradeError('input.invalid', `strategies/${name}.ts: expected ${expected}`);
  if (typeof exported !== 'function') throw fail('a default export that is a function; see docs/strategies.md');
  const made: unknown = exported(tools);
  if (typeof made !== 'object' || made === null) throw fail('its function to return a strategy');
  const { summary, parameters = [], needsForecasts = false, with: bind } = made as Partial<Strategy>;
  if (typeof summary !== 'string' || summary === '') throw fail('summary: a sentence');
  if (typeof bind !== 'function')
    throw fail('with: a function of the parameters that returns the function of a session');
  if (!Array.isArray(parameters)) throw fail('parameters: a list');
  for (const one of parameters as readonly GivenParameter[]) {
    if (typeof one?.name !== 'string') throw fail('a name for each parameter');
    const values = [one.low, one.high, one.default, ...(one.candidates ?? [])];
    if (values.every((value) => value >= one.low && value <= one.high)) continue;
    throw fail(`parameter ${one.name}: low, high, and default and candidates between them`);
  }
  const described = (parameters as readonly GivenParameter[]).map(({ description = '', candidates, ...one }) => ({
    ...one,
    description,
    candidates: candidates ?? [one.default],
  }));
  return { name, summary, parameters: described, needsForecasts: needsForecasts === true, with: bind.bind(made) };
}
