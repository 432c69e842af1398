import { hostname } from 'node:os';
import type { InsightsConnection } from '@daytrade/contracts';
import { context, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, hrTimeToMilliseconds, suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

export interface InsightsOptions {
  readonly connection: InsightsConnection;
  /** Share of the traces that is sent, from 0 to 1. */
  readonly share: number;
  /** Returns a token of the process's identity for `https://monitor.azure.com/`; the slash is part of the name. */
  readonly token: (withinMs: number) => Promise<string>;
  /** Aborts pending requests when the process ends. */
  readonly signal: AbortSignal;
}

const answerMs = 2_000;

/**
 * Sends spans of OpenTelemetry to Application Insights, signed in as the identity of the process. A refused batch is
 * lost. Microsoft's exporter on npm is a preview for OpenTelemetry 0.10.
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
    // 206 means that some items were refused.
    if (status === 200) return;
    const shown = said.replaceAll(bearer, '(token)').slice(0, 300);
    throw new Error(`Application Insights answers with ${status}: ${shown}`);
  }
}

/** Returns a code such as ECONNREFUSED. The message of an invalid header would contain the token. */
function kindOf(error: unknown): string {
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? name;
}

/** An item of telemetry (schema of the "Breeze" endpoint, version 2). */
export interface Envelope {
  readonly ver: 1;
  readonly name: string;
  readonly time: string;
  readonly sampleRate: number;
  readonly iKey: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: Readonly<Record<string, unknown>> };
}

export interface EnvelopeOptions {
  readonly instrumentationKey: string;
  /** Share of the traces that is sent, from 0 to 1; Application Insights extrapolates by it. */
  readonly share: number;
}

const statusAttribute = 'http.response.status_code';
/** Kinds of incoming requests and of runs; the others are dependencies. */
const received: readonly SpanKind[] = [SpanKind.SERVER, SpanKind.CONSUMER];
/** Application Insights refuses items with longer names or property values. */
const longestName = 1_024;
const longestValue = 8_192;

/** Converts a span into a request or a dependency. */
function envelopeOf(span: ReadableSpan, { instrumentationKey, share }: EnvelopeOptions): Envelope {
  const isRequest = received.includes(span.kind);
  const { traceId, spanId } = span.spanContext();
  const status = span.attributes[statusAttribute];
  const name = span.name.slice(0, longestName);
  const { 'service.name': service, 'service.version': version } = span.resource.attributes;
  const parent = span.parentSpanContext?.spanId;
  return {
    ver: 1,
    name: `Microsoft.ApplicationInsights.${isRequest ? 'Request' : 'RemoteDependency'}`,
    time: new Date(hrTimeToMilliseconds(span.startTime)).toISOString(),
    // A trace that a caller began is sent with any share.
    sampleRate: share > 0 ? share * 100 : 100,
    iKey: instrumentationKey,
    tags: {
      'ai.operation.id': traceId,
      ...(parent === undefined ? {} : { 'ai.operation.parentId': parent }),
      ...(isRequest ? { 'ai.operation.name': name } : {}),
      'ai.cloud.role': String(service),
      'ai.cloud.roleInstance': hostname(),
      'ai.application.ver': String(version),
    },
    data: {
      baseType: isRequest ? 'RequestData' : 'RemoteDependencyData',
      baseData: {
        ver: 2,
        id: spanId,
        name,
        duration: timeSpan(hrTimeToMilliseconds(span.duration)),
        success: span.status.code !== SpanStatusCode.ERROR,
        [isRequest ? 'responseCode' : 'resultCode']: typeof status === 'number' ? String(status) : '0',
        properties: propertiesOf(span),
      },
    },
  };
}

function propertiesOf({ attributes, status }: ReadableSpan): Record<string, string> {
  const known = Object.entries(attributes).filter(([name]) => name !== statusAttribute);
  const error = status.message === undefined ? [] : [['day-trade.error', status.message] as const];
  return Object.fromEntries([...known, ...error].map(([name, value]) => [name, String(value).slice(0, longestValue)]));
}

/** Returns a .NET time span: `days.hours:minutes:seconds.milliseconds`. */
function timeSpan(milliseconds: number): string {
  const ms = Math.round(milliseconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const [days, hours, minutes, seconds] = [
    ms / 86_400_000,
    (ms / 3_600_000) % 24,
    (ms / 60_000) % 60,
    (ms / 1_000) % 60,
  ];
  return `${Math.floor(days)}.${two(hours)}:${two(minutes)}:${two(seconds)}.${String(ms % 1_000).padStart(3, '0')}`;
}
