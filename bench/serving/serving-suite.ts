import type { SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { measureHotReads } from './hot-reads/hot-reads.ts';
import { measureOneRow } from './one-row/one-row.ts';

/**
 * What callers of the services wait for, against FastAPI: one row that is predicted, and what is read again and again.
 */
export async function measureServing(context: SuiteContext): Promise<SuiteFindings> {
  return { comparisons: [...(await measureOneRow(context)), ...(await measureHotReads(context))], skipped: [] };
}
