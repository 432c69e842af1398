import type { FetchRequest } from './data.ts';

/** Where bars come from, as a request names it. */
export type ProviderName = FetchRequest['provider'];

/** What holds of a provider, whoever asks. */
interface Provider {
  /**
   * Whether what it has is listed before a run begins, so that a wrong request is refused at once. Not where listing
   * takes from the requests that are allowed.
   */
  readonly listedBeforeRun: boolean;
}

/** Every provider: services, commands, page and tests go through this table. */
export const providers = {
  csv: { listedBeforeRun: true },
  jquants: { listedBeforeRun: false },
  synthetic: { listedBeforeRun: true },
  yahoo: { listedBeforeRun: false },
} as const satisfies Readonly<Record<ProviderName, Provider>>;

/** The step of a run that fetches from a provider. */
export type FetchingStage = `fetching ${ProviderName} bars`;
