import { z } from 'zod';

export interface InsightsConnection {
  /** Names the resource; where sign-in by it is off, it opens nothing. */
  readonly instrumentationKey: string;
  /** Without a slash at its end. */
  readonly ingestionEndpoint: string;
}

/** A token is sent there: over TLS, or on this machine. */
const endpoint = /^(?:https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1)(?::\d+)?$/;

/**
 * Reads the necessary parts of a connection string, as Azure shows it; undefined for an unusable one.
 *
 * @example
 * insightsConnection('InstrumentationKey=0…;IngestionEndpoint=https://japaneast-1.in.applicationinsights.azure.com/')
 */
export function insightsConnection(text: string): InsightsConnection | undefined {
  const parts = new Map(text.split(';').map((part) => [part.split('=')[0], part.slice(part.indexOf('=') + 1)]));
  const instrumentationKey = parts.get('InstrumentationKey') ?? '';
  const ingestionEndpoint = (parts.get('IngestionEndpoint') ?? '').replace(/\/$/, '');
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(instrumentationKey)) return undefined;
  return endpoint.test(ingestionEndpoint) ? { instrumentationKey, ingestionEndpoint } : undefined;
}

export const observationSettings = {
  DAYTRADE_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe log line that is written'),
  DAYTRADE_CLOUDWATCH_METRICS: z
    .stringbool()
    .default(false)
    .describe('Writes metrics to standard output in the CloudWatch embedded metric format'),
  DAYTRADE_CLOUDWATCH_NAMESPACE: z
    .string()
    .regex(/^[\w./#:-]{1,255}$/, 'expected letters, digits and . - _ / # :')
    .default('DayTrade')
    .meta({ description: 'Namespace of the metrics in CloudWatch', unit: 'name' }),
  DAYTRADE_TRACES_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL, for example http://127.0.0.1:4318' })
    .optional()
    .meta({
      description: 'Collector that takes traces as OTLP over HTTP, from `up` and from the processes of a cluster',
      unit: 'URL',
    }),
  DAYTRADE_TRACES_APPLICATION_INSIGHTS: z
    .string()
    .refine(
      (text) => insightsConnection(text) !== undefined,
      'expected a connection string with an InstrumentationKey and an https IngestionEndpoint, as Azure shows it',
    )
    .optional()
    .meta({
      description:
        'Connection string of Application Insights for traces and metrics; the process signs in by its Azure identity',
      unit: 'text',
    }),
  DAYTRADE_TRACES_SHARE: z.coerce.number().min(0).max(1).default(0.1).meta({
    description: 'Share of the requests and runs that are traced; what a caller traces is traced always',
    unit: 'share',
  }),
} as const;
