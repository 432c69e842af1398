import {
  type FetchRequest,
  fetchRequestSchema,
  minuteSessionRange,
  type ProviderName,
  type Settings,
  universeIn,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseInput, textOption, wholeNumber } from './input.ts';
import { programName } from './program-name.ts';

type Options = Readonly<Record<string, unknown>>;

/** For each provider the options that it takes, and what they ask for. */
const ownOptions: Readonly<Record<ProviderName, OwnOptions>> = {
  csv: { names: [], read: csvFolder },
  jquants: {
    names: ['symbols', 'universe', 'formerMembers', 'listingsFrom', 'basis', 'minuteSessions', 'from', 'to'],
    read: jquantsOptions,
  },
  synthetic: { names: ['count', 'seed', 'fiveMinuteSessions', 'from', 'to'], read: syntheticOptions },
  yahoo: { names: ['symbols', 'basis', 'unofficial', 'from', 'to'], read: yahooOptions },
};

interface OwnOptions {
  readonly names: readonly string[];
  readonly read: (options: Options, settings: FetchSettings) => Options;
}

/**
 * What `daytrade fetch [PROVIDER]` asks the data service for: of the provider that the settings name, and for their
 * universe, where the command line names none.
 *
 * @throws DayTradeError `input.invalid` for a provider that there is not, or an option of another one;
 *   `settings.invalid` where no provider of real bars is named or set, and for files without their folder
 */
export function fetchRequest(named: string | undefined, options: Options, settings: FetchSettings): FetchRequest {
  const provider = named ?? settings.DAYTRADE_PROVIDER;
  // Synthetic bars are made only where they are asked for by name.
  if (named === undefined && provider === 'synthetic') {
    throw new DayTradeError(
      'settings.invalid',
      `DAYTRADE_PROVIDER: no provider is set; run ${programName} setup, or name one: ${programName} fetch jquants`,
      {
        details: { setting: 'DAYTRADE_PROVIDER' },
      },
    );
  }
  if (!isFetchable(provider)) {
    throw wrong('provider', `expected ${oneOf(Object.keys(ownOptions))}, got ${JSON.stringify(provider)}`, provider);
  }
  refuseOthersOptions(provider, options);
  const { from, to } = options;
  const own = ownOptions[provider].read(options, settings);
  return parseInput(fetchRequestSchema, { provider, ...own, ...given({ from, to }) }, 'fetch');
}

type FetchSettings = Pick<Settings, 'DAYTRADE_PROVIDER' | 'DAYTRADE_UNIVERSE' | 'DAYTRADE_CSV_FOLDER'>;

function refuseOthersOptions(provider: ProviderName, options: Options): void {
  for (const name of Object.values(ownOptions).flatMap(({ names }) => names)) {
    if (options[name] === undefined || ownOptions[provider].names.includes(name)) continue;
    const takers = Object.entries(ownOptions).flatMap(([taker, { names }]) => (names.includes(name) ? [taker] : []));
    const expected = `expected it with the provider ${oneOf(takers)} only, not with "${provider}"`;
    throw wrong(optionOf(name), expected, options[name]);
  }
}

/** As it is written on the command line. */
function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function oneOf(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(' or ');
}

function isFetchable(provider: string): provider is ProviderName {
  return Object.hasOwn(ownOptions, provider);
}

function syntheticOptions({ count = '40', seed = '20241105', fiveMinuteSessions = '120' }: Options) {
  return {
    symbols: wholeNumber(count, '--count', { min: 1, max: 500 }),
    seed: wholeNumber(seed, '--seed', { min: 0, max: 2 ** 31 }),
    fiveMinuteSessions: wholeNumber(fiveMinuteSessions, '--five-minute-sessions', { min: 0, max: 250 }),
  };
}

/** Returns the codes of `--symbols`; undefined where it is not given. */
export function codesOption(options: Options): readonly string[] | undefined {
  return textOption(options, 'symbols')
    ?.split(/[\s,]+/)
    .filter((code) => code !== '');
}

function yahooOptions(options: Options, settings: FetchSettings) {
  const ofSettings = universeIn(settings.DAYTRADE_UNIVERSE);
  const symbols = codesOption(options) ?? ('symbols' in ofSettings ? ofSettings.symbols : undefined);
  return given({ symbols, priceBasis: options.basis, unofficial: options.unofficial });
}

function jquantsOptions(options: Options, settings: FetchSettings) {
  const symbols = codesOption(options);
  const { universe, minuteSessions: minutes } = options;
  const asked =
    symbols === undefined && universe === undefined ? universeIn(settings.DAYTRADE_UNIVERSE) : { symbols, universe };
  const minuteSessions =
    minutes === undefined ? undefined : wholeNumber(minutes, '--minute-sessions', minuteSessionRange);
  const { formerMembers, listingsFrom } = options;
  return given({ ...asked, formerMembers, listingsFrom, priceBasis: options.basis, minuteSessions });
}

function csvFolder(_options: Options, { DAYTRADE_CSV_FOLDER: folder }: FetchSettings) {
  if (folder !== undefined) return { folder };
  const expected = `expected the folder that is read; ${programName} import FOLDER names one by itself`;
  throw new DayTradeError('settings.invalid', `DAYTRADE_CSV_FOLDER: ${expected}`, {
    details: { setting: 'DAYTRADE_CSV_FOLDER' },
  });
}

function given(values: Options): Options {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function wrong(field: string, message: string, value: unknown): DayTradeError {
  return new DayTradeError('input.invalid', `${field}: ${message}`, { details: { field, value } });
}
