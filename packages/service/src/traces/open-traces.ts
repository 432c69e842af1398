import type { Settings } from '@daytrade/contracts';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { InsightsExporter, type InsightsOptions } from './insights-exporter.ts';

/** Longer than the time limit of an exporter, so that it can report a loss. */
const longestMs = 2_500;

export interface TracesOptions {
  /** Base URL of an OTLP receiver over HTTP, without `/v1/traces`. */
  readonly endpoint?: string | undefined;
  readonly insights?: Omit<InsightsOptions, 'share'> | undefined;
  /** Name and version of the process in the traces. */
  readonly service: string;
  readonly version: string;
  readonly settings: Pick<Settings, 'DAYTRADE_TRACES_SHARE'>;
  /** Receives the reasons of lost traces. */
  readonly logger: { warn(fields: object, message: string): void };
}

/**
 * Sends the spans of this process to a collector, to Application Insights, or to both. Traces of callers are continued;
 * a share of the others is sampled. At most 2,048 spans wait in memory; the reason of a lost batch is logged.
 * OpenTelemetry's variables, such as `OTEL_EXPORTER_OTLP_HEADERS`, apply to the collector.
 *
 * @returns a function that sends the rest within 2.5 s and ends the traces
 */
export function openTraces({
  endpoint,
  insights,
  service,
  version,
  settings,
  logger,
}: TracesOptions): () => Promise<void> {
  const share = settings.DAYTRADE_TRACES_SHARE;
  const exporters: readonly SpanExporter[] = [
    ...(endpoint === undefined ? [] : [collectorOf(endpoint)]),
    ...(insights === undefined ? [] : [new InsightsExporter({ ...insights, share })]),
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
  const report = (error: unknown) => {
    logger.warn({ reason: error instanceof Error ? error.message : String(error) }, 'traces are lost');
  };
  setGlobalErrorHandler(report);
  return async () => {
    // The provider would stop at the first failed processor.
    await Promise.all(processors.map((processor) => processor.shutdown().catch(report)));
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

function collectorOf(endpoint: string): SpanExporter {
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 2_000 });
}
