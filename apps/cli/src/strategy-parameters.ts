import { DayTradeError } from '@daytrade/errors';

/**
 * Reads parameters of a strategy, as `--set entry=1.5 most=20` gives them.
 *
 * @throws DayTradeError `input.invalid` for one that is not a number, or twice
 */
export function parametersOf(set: unknown): Readonly<Record<string, number>> {
  if (!Array.isArray(set)) return {};
  const parameters = new Map<string, number>();
  for (const text of set as readonly string[]) {
    const [name = '', value, more] = text.split('=');
    if (name === '' || value === undefined || more !== undefined)
      throw invalid('--set', text, 'parameters as entry=1.5');
    if (parameters.has(name)) throw invalid('--set', text, 'each parameter once');
    if (value.trim() === '' || !Number.isFinite(Number(value))) throw invalid(`--set ${name}`, value, 'a number');
    parameters.set(name, Number(value));
  }
  return Object.fromEntries(parameters);
}

function invalid(option: string, value: string, expected: string): DayTradeError {
  return new DayTradeError('input.invalid', `${option}: expected ${expected}, got ${JSON.stringify(value)}`, {
    details: { field: option, value },
  });
}
