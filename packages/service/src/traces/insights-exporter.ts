import { hostname } from 'node:os';
import { context, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, hrTimeToMilliseconds, suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { type Envelope, type InsightsIngestion, sendEnvelopes } from './insights-ingestion.ts';

export interface InsightsOptions extends InsightsIngestion {
  /** Share of the traces that is sent, from 0 to 1. */
  readonly share: number;
}

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
    const { connection, share } = this.#options;
    try {
      const envelopes = spans.map((span) => envelopeOf(span, connection.instrumentationKey, share));
      const send = async () => await sendEnvelopes(envelopes, this.#options);
      await context.with(suppressTracing(context.active()), send);
      done({ code: ExportResultCode.SUCCESS });
    } catch (error) {
      done({ code: ExportResultCode.FAILED, error: error as Error });
    }
  }
}

const statusAttribute = 'http.response.status_code';
/** Kinds of incoming requests and of runs; the others are dependencies. */
const received: readonly SpanKind[] = [SpanKind.SERVER, SpanKind.CONSUMER];
/** Application Insights refuses items with longer names or property values. */
const longestName = 1_024;
const longestValue = 8_192;

/** Converts a span into a request or a dependency. */
function envelopeOf(span: ReadableSpan, iKey: string, share: number): Envelope {
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
    iKey,
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
