import type { Settings } from '@daytrade/contracts';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

export interface TracesOptions {
  /** Where OTLP over HTTP is taken, without `/v1/traces`. */
  readonly endpoint: string;
  /** Name and version of the process, as traces show them. */
  readonly service: string;
  readonly version: string;
  readonly settings: Pick<Settings, 'DAYTRADE_TRACES_SHARE'>;
}

/**
 * Sends the spans of this process to a collector from now on. What callers trace is traced here, too; of the rest, a
 * share. Spans wait in memory, 2,048 at most, and are lost while nobody takes them: traces never hold up what they
 * describe. Further options are those of OpenTelemetry's exporter, for example `OTEL_EXPORTER_OTLP_HEADERS`.
 *
 * @returns sends what is left, for 2 s at most, and ends it
 */
export function openTraces({ endpoint, service, version, settings }: TracesOptions): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 2_000 });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.DAYTRADE_TRACES_SHARE) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: 2_000 })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return async () => {
    await provider.shutdown().catch(() => undefined);
    trace.disable();
    context.disable();
    propagation.disable();
  };
}
