import { hostname } from 'node:os';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** An item of telemetry as Application Insights takes it (the schemas of its "Breeze" endpoint, version 2). */
export interface Envelope {
  readonly ver: 1;
  readonly name: string;
  readonly time: string;
  readonly sampleRate: number;
  readonly iKey: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: Readonly<Record<string, unknown>> };
}

/** Whose telemetry it is, and how much of it is sent. */
export interface EnvelopeOptions {
  readonly instrumentationKey: string;
  /** The share of the traces that is sent, from 0 to 1, by which Application Insights counts up. */
  readonly share: number;
}

const statusAttribute = 'http.response.status_code';
/** What callers sent us, and runs that were taken from the queue; the rest is what we asked of others. */
const received: readonly SpanKind[] = [SpanKind.SERVER, SpanKind.CONSUMER];
/** Longer names, and longer values of properties, are refused with the whole item. */
const longestName = 1_024;
const longestValue = 8_192;

/** A span as a request, or as a dependency of one. */
export function envelopeOf(span: ReadableSpan, { instrumentationKey, share }: EnvelopeOptions): Envelope {
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
    // A trace that a caller began is sent whatever the share is.
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

/** The attributes, and what went wrong in words. */
function propertiesOf({ attributes, status }: ReadableSpan): Record<string, string> {
  const known = Object.entries(attributes).filter(([name]) => name !== statusAttribute);
  const error = status.message === undefined ? [] : [['day-trade.error', status.message] as const];
  return Object.fromEntries([...known, ...error].map(([name, value]) => [name, String(value).slice(0, longestValue)]));
}

/** A time span as .NET writes it: `days.hours:minutes:seconds.milliseconds`. */
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
