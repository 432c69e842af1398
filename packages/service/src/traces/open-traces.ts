import type { Settings } from '@daytrade/contracts';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
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
  /** Receives reports of lost traces. */
  readonly log: Omit<LossLog, 'receiver'>;
}

/**
 * Sends the spans of this process to a collector, to Application Insights, or to both. Traces of callers are continued;
 * a share of the others is sampled. At most 2,048 spans wait in memory, and lost ones are logged. OpenTelemetry's
 * variables, such as `OTEL_EXPORTER_OTLP_HEADERS`, apply to the collector.
 *
 * @returns a function that sends the rest within 2.5 s and ends the traces
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
    ...(endpoint === undefined ? [] : [new LossReporter(collectorOf(endpoint), { ...log, receiver: 'the collector' })]),
    ...(insights === undefined ? [] : [new LossReporter(new InsightsExporter({ ...insights, share }), inAzure)]),
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
    // The provider would stop at the first failed processor.
    await Promise.allSettled(processors.map((processor) => processor.shutdown()));
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

function collectorOf(endpoint: string): SpanExporter {
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 2_000 });
}

const minuteMs = 60_000;

export interface LossLog {
  /** Name of the receiver in log lines. */
  readonly receiver: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly logger: { warn(fields: object, message: string): void };
}

/**
 * Wraps an exporter and logs lost spans with the reason, at most once a minute; the rest is logged at the end.
 * OpenTelemetry does not report them.
 */
export class LossReporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #log: LossLog;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #lost = 0;
  #reason = '';

  constructor(exporter: SpanExporter, log: LossLog) {
    this.#exporter = exporter;
    this.#log = log;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      if (result.code !== ExportResultCode.SUCCESS) this.#lose(spans.length, result.error);
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await this.#exporter.shutdown();
    if (this.#lost > 0) this.#report();
  }

  #lose(spans: number, error: Error | undefined): void {
    this.#lost += spans;
    this.#reason = error?.message ?? 'no reason is known';
    if (this.#log.now() - this.#reportedAt >= minuteMs) this.#report();
  }

  #report(): void {
    const { logger, receiver, now } = this.#log;
    logger.warn({ spans: this.#lost, reason: this.#reason }, `traces are lost: ${receiver} does not take them`);
    this.#reportedAt = now();
    this.#lost = 0;
  }
}
