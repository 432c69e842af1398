/** Where Application Insights takes the telemetry of a process. */
export interface InsightsConnection {
  /** Names the resource; where sign-in by it is off, it opens nothing. */
  readonly instrumentationKey: string;
  /** Without a slash at its end. */
  readonly ingestionEndpoint: string;
}

/** A token is sent there: over TLS, or on this machine. */
const endpoint = /^(?:https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1)(?::\d+)?$/;

/**
 * The parts that are needed of a connection string, as Azure shows it; undefined where it is none that can be used.
 *
 * @example
 * insightsConnection('InstrumentationKey=0…;IngestionEndpoint=https://japaneast-1.in.applicationinsights.azure.com/')
 */
export function insightsConnection(text: string): InsightsConnection | undefined {
  const parts = new Map(text.split(';').map((part) => [part.split('=', 1)[0], part.slice(part.indexOf('=') + 1)]));
  const instrumentationKey = parts.get('InstrumentationKey') ?? '';
  const ingestionEndpoint = (parts.get('IngestionEndpoint') ?? '').replace(/\/$/, '');
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(instrumentationKey)) return undefined;
  return endpoint.test(ingestionEndpoint) ? { instrumentationKey, ingestionEndpoint } : undefined;
}
