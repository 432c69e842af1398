import { type FetchedProvider, type FetchRequest, fetchRequestSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseInput, textOption, wholeNumber } from './input.ts';

type Options = Readonly<Record<string, unknown>>;

/** For each provider the options that it alone takes, and what they ask for. */
const ownOptions: Readonly<Record<FetchedProvider, OwnOptions>> = {
  jquants: { names: ['symbols', 'universe', 'basis'], read: jquantsOptions },
  synthetic: { names: ['count', 'seed'], read: syntheticOptions },
};

interface OwnOptions {
  readonly names: readonly string[];
  readonly read: (options: Options) => Options;
}

/**
 * What `daytrade fetch PROVIDER` asks the data service for.
 *
 * @throws DayTradeError `input.invalid` for a provider that there is not, or an option of another one
 */
export function fetchRequest(provider: string, options: Options): FetchRequest {
  if (!isFetchable(provider)) {
    const expected = Object.keys(ownOptions).map((name) => JSON.stringify(name));
    throw wrong('provider', `expected ${expected.join(' or ')}, got ${JSON.stringify(provider)}`, provider);
  }
  for (const [other, { names }] of Object.entries(ownOptions)) {
    const given = names.find((name) => other !== provider && options[name] !== undefined);
    if (given !== undefined) throw wrong(`--${given}`, `expected it with the provider "${other}" only`, options[given]);
  }
  const { from, to } = options;
  const own = ownOptions[provider].read(options);
  return parseInput(fetchRequestSchema, { provider, ...own, ...given({ from, to }) }, 'fetch');
}

function isFetchable(provider: string): provider is FetchedProvider {
  return Object.hasOwn(ownOptions, provider);
}

function syntheticOptions({ count = '40', seed = '20241105' }: Options) {
  return {
    symbols: wholeNumber(count, '--count', { min: 1, max: 500 }),
    seed: wholeNumber(seed, '--seed', { min: 0, max: 2 ** 31 }),
  };
}

function jquantsOptions(options: Options) {
  const symbols = textOption(options, 'symbols')
    ?.split(/[\s,]+/)
    .filter((code) => code !== '');
  return given({ symbols, universe: options.universe, priceBasis: options.basis });
}

function given(values: Options): Options {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function wrong(field: string, message: string, value: unknown): DayTradeError {
  return new DayTradeError('input.invalid', `${field}: ${message}`, { details: { field, value } });
}
