import type { FetchRequest, Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type FetchOption, type ProviderDefinition, providerRequestSchema, providers } from '@daytrade/market-data';
import { parseInput, textOption, wholeNumber, wrongInput } from './input.ts';
import { programName } from './program-name.ts';

type Options = Readonly<Record<string, unknown>>;

/**
 * Returns the request of `daytrade fetch [PROVIDER]`. Default: the provider of the settings, for their universe.
 *
 * @throws DayTradeError `input.invalid` for an unknown provider, or an option of another one; `settings.invalid` where
 *   no provider of real bars is named or set, and for files without their folder
 */
export function fetchRequest(named: string | undefined, options: Options, settings: Settings): FetchRequest {
  const provider = named ?? settings.DAYTRADE_PROVIDER;
  const definition = providers.find(({ name }) => name === provider);
  if (definition === undefined) {
    const names = oneOf(providers.map(({ name }) => name));
    throw wrongInput('provider', `expected ${names}, got ${JSON.stringify(provider)}`, provider);
  }
  if (named === undefined && definition.synthetic === true) {
    throw new DayTradeError(
      'settings.invalid',
      `DAYTRADE_PROVIDER: no provider is set; run ${programName} setup, or name one: ${programName} fetch jquants`,
    );
  }
  refuseOthersOptions(definition, options);
  const asked = Object.fromEntries(
    definition.options
      .map((option) => [option.field, optionValue(option, options)] as const)
      .filter(([, value]) => value !== undefined),
  );
  const fields = { provider, ...definition.defaults?.(asked, settings), ...asked };
  return parseInput(providerRequestSchema, fields, 'fetch');
}

/** Every option of `daytrade fetch` once, with the names of the providers that take it. */
export function fetchOptions(): readonly (FetchOption & { readonly takers: readonly string[] })[] {
  const byFlags = Map.groupBy(
    providers.flatMap(({ name, options }) => options.map((option) => ({ name, option }))),
    ({ option }) => option.flags,
  );
  return Array.from(byFlags.values(), (several) => ({
    ...several[0]!.option,
    takers: several.map(({ name }) => name),
  }));
}

/** Returns the name by which commander has an option: `fiveMinuteSessions` of `--five-minute-sessions <number>`. */
export function optionName({ flags }: { readonly flags: string }): string {
  return longName(flags).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function longName(flags: string): string {
  return flags.split(' ')[0]!.slice(2);
}

function optionValue(option: FetchOption, options: Options): unknown {
  const { kind, flags } = option;
  const value = options[optionName(option)];
  if (kind === 'codes') return codesOption(options);
  return kind === undefined || value === undefined ? value : wholeNumber(value, `--${longName(flags)}`, kind);
}

function refuseOthersOptions({ name, options: own }: ProviderDefinition, options: Options): void {
  for (const { flags, takers } of fetchOptions()) {
    const value = options[optionName({ flags })];
    if (value === undefined || own.some((option) => option.flags === flags)) continue;
    const expected = `expected it with the provider ${oneOf(takers)} only, not with "${name}"`;
    throw wrongInput(`--${longName(flags)}`, expected, value);
  }
}

function oneOf(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(' or ');
}

export function codesOption(options: Options): readonly string[] | undefined {
  return textOption(options, 'symbols')
    ?.split(/[\s,]+/)
    .filter((code) => code !== '');
}
