import type { FetchRequest, Settings } from '@daytrade/contracts';
import { z } from 'zod';
import { csv } from './csv/csv.ts';
import type { ProviderDefinition } from './definition.ts';
import { jquants } from './jquants/jquants.ts';
import { kabuStation } from './kabu-station/kabu-station.ts';
import { synthetic } from './synthetic/synthetic.ts';
import { yahoo } from './yahoo/yahoo.ts';

export const providers: readonly ProviderDefinition[] = [csv, jquants, kabuStation, synthetic, yahoo];

/** A request to one of the providers, with all fields that it takes. */
export const providerRequestSchema: z.ZodType<FetchRequest> = z.discriminatedUnion('provider', [
  providers[0]!.request,
  ...providers.slice(1).map(({ request }) => request),
]);

export function providerOf({ provider }: Pick<FetchRequest, 'provider'>): ProviderDefinition {
  return providers.find(({ name }) => name === provider)!;
}

/** Describes an unknown provider: `expected one of "csv", "jquants"`; undefined for a known one. */
export function unknownProvider(provider: string): string | undefined {
  const names = providers.map(({ name }) => name);
  return names.includes(provider) ? undefined : `expected one of ${names.map((name) => `"${name}"`).join(', ')}`;
}

export function faultsOfProvider(settings: Settings): readonly string[] {
  const { DAYTRADE_PROVIDER: provider } = settings;
  const fault = unknownProvider(provider) ?? providerOf({ provider }).lacking?.(settings);
  return fault === undefined ? [] : [`DAYTRADE_PROVIDER=${JSON.stringify(provider)}: ${fault}`];
}
