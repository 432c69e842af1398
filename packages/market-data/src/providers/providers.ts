import type { FetchRequest } from '@daytrade/contracts';
import { csv } from './csv/csv.ts';
import type { ProviderDefinition } from './definition.ts';
import { jquants } from './jquants/jquants.ts';
import { synthetic } from './synthetic/synthetic.ts';
import { yahoo } from './yahoo/yahoo.ts';

/** Every provider. */
export const providers: readonly ProviderDefinition[] = [csv, jquants, synthetic, yahoo];

/** Returns the definition of the provider that a request names. */
export function providerOf({ provider }: Pick<FetchRequest, 'provider'>): ProviderDefinition {
  return providers.find(({ name }) => name === provider)!;
}
