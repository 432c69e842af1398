import type { Settings } from '@daytrade/contracts';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { InsightsExporter, type InsightsOptions } from './application-insights/insights-exporter.ts';
import { type LossLog, SaidLosses } from './said-losses.ts';

/** Longer than an exporter waits for an answer, so that it is there to say what it did not get. */
const longestMs = 2_500;

export interface TracesOptions {
  /** Where OTLP over HTTP is taken, without `/v1/traces`. */
  readonly endpoint?: string | undefined;
  /** An Application Insights, and the way to a token for it. */
  readonly insights?: Omit<InsightsOptions, 'share'> | undefined;
  /** Name and version of the process, as traces show them. */
  readonly service: string;
  readonly version: string;
  readonly settings: Pick<Settings, 'DAYTRADE_TRACES_SHARE'>;
  /** Takes what is said of lost traces. */
  readonly log: Omit<LossLog, 'receiver'>;
}

/**
 * Sends the spans of this process to a collector, to Application Insights, or to both, from now on. What callers trace
 * is traced here, too; of the rest, a share. Spans wait in memory, 2,048 at most, and are lost while nobody takes them,
 * which the log says: traces never hold up what they describe. Further options of a collector are those of
 * OpenTelemetry's exporter, for example `OTEL_EXPORTER_OTLP_HEADERS`.
 *
 * @returns sends what is left, for 2.5 s at most, and ends it
 */
export function openTraces({
  endpoint,
  insights,
  service,
  version,
  settings,
  log,
}: TracesOptions): () => Promise<void> {
  const share = settings.DAYTRADE_TRACES_SHARE;
  const inAzure = { ...log, receiver: 'Application Insights' };
  const exporters: readonly SpanExporter[] = [
    ...(endpoint === undefined ? [] : [new SaidLosses(collectorOf(endpoint), { ...log, receiver: 'the collector' })]),
    ...(insights === undefined ? [] : [new SaidLosses(new InsightsExporter({ ...insights, share }), inAzure)]),
  ];
  const processors = exporters.map((exporter) => new BatchSpanProcessor({ exporter, exportTimeoutMillis: longestMs }));
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: processors,
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return async () => {
    // Not by the provider: where one is refused at once, the other has its time all the same.
    await Promise.allSettled(processors.map((processor) => processor.shutdown()));
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

function collectorOf(endpoint: string): SpanExporter {
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 2_000 });
}
