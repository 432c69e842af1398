import type { InsightsConnection } from '@daytrade/contracts';
import { context } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { envelopeOf } from './envelope.ts';

export interface InsightsOptions {
  readonly connection: InsightsConnection;
  /** The share of the traces that is sent, from 0 to 1. */
  readonly share: number;
  /** A token of the process's identity for `https://monitor.azure.com/`, whose name ends with the slash. */
  readonly token: (withinMs: number) => Promise<string>;
  /** Ends what is on its way when the process ends. */
  readonly signal: AbortSignal;
}

const answerMs = 2_000;

/**
 * Sends spans of OpenTelemetry to Application Insights, signed in by the identity of the process. A batch that nobody
 * takes is lost, as with a collector.
 */
export class InsightsExporter implements SpanExporter {
  readonly #options: InsightsOptions;

  constructor(options: InsightsOptions) {
    this.#options = options;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    void this.#answer(spans, done);
  }

  async shutdown(): Promise<void> {}

  async #answer(spans: readonly ReadableSpan[], done: (result: ExportResult) => void): Promise<void> {
    try {
      await context.with(suppressTracing(context.active()), async () => await this.#send(spans));
      done({ code: ExportResultCode.SUCCESS });
    } catch (error) {
      done({ code: ExportResultCode.FAILED, error: error as Error });
    }
  }

  async #send(spans: readonly ReadableSpan[]): Promise<void> {
    const { connection, share, token, signal } = this.#options;
    const { instrumentationKey, ingestionEndpoint } = connection;
    const lines = spans.map((span) => JSON.stringify(envelopeOf(span, { instrumentationKey, share })));
    const bearer = await token(answerMs);
    const answer = async () => {
      const response = await fetch(`${ingestionEndpoint}/v2.1/track`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/x-json-stream' },
        body: lines.join('\n'),
        signal: AbortSignal.any([AbortSignal.timeout(answerMs), signal]),
      });
      return { status: response.status, said: await response.text() };
    };
    const { status, said } = await answer().catch((error: unknown) => {
      throw new Error(`Application Insights does not answer: ${kindOf(error)}`);
    });
    // 206: some of it was not taken.
    if (status === 200) return;
    const shown = said.replaceAll(bearer, '(token)').slice(0, 300);
    throw new Error(`Application Insights answers with ${status}: ${shown}`);
  }
}

/** As ECONNREFUSED or TimeoutError. Not the message, which quotes a header that cannot be sent, and so the token. */
function kindOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? name;
}
