import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

const minuteMs = 60_000;

export interface LossLog {
  /** Who does not take spans, as a person knows it. */
  readonly receiver: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly logger: { warn(fields: object, message: string): void };
}

/**
 * Sends spans by another exporter, and says of those that are lost how many they are and why, at most once a minute:
 * OpenTelemetry itself says so nowhere. What of a minute is not said yet is said at the end.
 */
export class SaidLosses implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #log: LossLog;
  #saidAt = Number.NEGATIVE_INFINITY;
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
    if (this.#lost > 0) this.#say();
  }

  #lose(spans: number, error: Error | undefined): void {
    this.#lost += spans;
    this.#reason = error?.message ?? 'no reason is known';
    if (this.#log.now() - this.#saidAt >= minuteMs) this.#say();
  }

  #say(): void {
    const { logger, receiver, now } = this.#log;
    logger.warn({ spans: this.#lost, reason: this.#reason }, `traces are lost: ${receiver} does not take them`);
    this.#saidAt = now();
    this.#lost = 0;
  }
}
