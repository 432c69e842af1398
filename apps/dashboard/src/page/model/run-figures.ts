import type { Run } from '@daytrade/contracts';

/** How long a finished run took, in seconds; null while it has not ended. */
export function runSeconds({ startedAt, finishedAt }: Pick<Run, 'startedAt' | 'finishedAt'>): number | null {
  if (startedAt === null || finishedAt === null) return null;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}
