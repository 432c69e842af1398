import { parse } from 'yaml';
import { z } from 'zod';

/** Whom the stand-in of RDS has. */
const databaseUser = 'daytrade';

const entry = z.object({ key: z.string().nullable(), property: z.string().optional() });

/** What Terraform writes for the chart, as far as it names what is outside of the cluster. */
const chartValues = z.object({
  secrets: z.object({ external: z.object({ entries: z.record(z.string(), entry) }) }),
  externalDatabase: z.object({
    host: z.string().endsWith('.rds.amazonaws.com'),
    name: z.string(),
    user: z.literal(databaseUser),
    caSecret: z.string(),
    cidrs: z.array(z.string()).min(1),
  }),
  externalRedis: z.object({ host: z.string(), user: z.string() }),
  objects: z.object({ store: z.literal('s3'), s3: z.object({ bucket: z.string() }) }),
});

export type ChartValues = z.infer<typeof chartValues>;

/** @param text the output `chart_values` */
export function readChartValues(text: string): ChartValues {
  return chartValues.parse(parse(text));
}
