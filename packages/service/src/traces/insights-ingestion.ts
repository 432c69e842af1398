import type { InsightsConnection } from '@daytrade/contracts';

/** An Application Insights, and the sign-in to it. */
export interface InsightsIngestion {
  readonly connection: InsightsConnection;
  /** Returns a token of the process's identity for `https://monitor.azure.com/`; the slash is part of the name. */
  readonly token: (withinMs: number) => Promise<string>;
  /** Aborts pending requests when the process ends. */
  readonly signal: AbortSignal;
}

/** An item of telemetry (schema of the "Breeze" endpoint, version 2). */
export interface Envelope {
  readonly ver: 1;
  readonly name: string;
  readonly time: string;
  /** Percent; Application Insights extrapolates by it. */
  readonly sampleRate: number;
  readonly iKey: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: Readonly<Record<string, unknown>> };
}

const answerMs = 2_000;

/** Sends items to Application Insights. @throws Error if it does not take all of them, without the token */
export async function sendEnvelopes(
  envelopes: readonly Envelope[],
  { connection, token, signal }: InsightsIngestion,
): Promise<void> {
  const bearer = await token(answerMs);
  const answer = async () => {
    const response = await fetch(`${connection.ingestionEndpoint}/v2.1/track`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/x-json-stream' },
      body: envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'),
      signal: AbortSignal.any([AbortSignal.timeout(answerMs), signal]),
    });
    return { status: response.status, said: await response.text() };
  };
  const { status, said } = await answer().catch((error: unknown) => {
    throw new Error(`Application Insights does not answer: ${kindOf(error)}`);
  });
  // 206 means that some items were refused.
  if (status === 200) return;
  const shown = said.replaceAll(bearer, '(token)').slice(0, 300);
  throw new Error(`Application Insights answers with ${status}: ${shown}`);
}

/** Returns a code such as ECONNREFUSED. The message of an invalid header would contain the token. */
function kindOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? name;
}
