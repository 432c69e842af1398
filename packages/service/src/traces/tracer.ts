import { type Tracer, trace } from '@opentelemetry/api';

/** Makes the spans of this process. They go nowhere unless `openTraces` was called. */
export function tracer(): Tracer {
  return trace.getTracer('day-trade');
}
