import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Panel } from '@daytrade/series';
import { answerOf, startPython } from '../harness/child.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { targetMiss } from './scored-days.ts';

/** Sessions between two estimations of the parameters, as between two trainings of the ensemble. */
const refitEvery = 63;

/**
 * Half widths of GARCH(1,1)-t intervals around 0 for the next log return, sessions x symbols, from the Python package
 * arch.
 *
 * @param from first session that needs one
 */
export async function garchWidths(context: SuiteContext, panel: Panel, from: number): Promise<Float64Array> {
  const folder = join(context.cache, 'ensemble');
  mkdirSync(folder, { recursive: true });
  const files = { closes: join(folder, 'closes.f64'), output: join(folder, 'garch.f64') };
  // A copy: the panel may be a view.
  writeFileSync(files.closes, new Uint8Array(Float64Array.from(panel.close).buffer));
  const sizes = { sessions: panel.days.length, symbols: panel.symbols.length };
  await answerOf(startPython(context.python, 'garch.py', { ...files, ...sizes, from, refitEvery, alpha: targetMiss }));
  const bytes = readFileSync(files.output);
  return new Float64Array(new Uint8Array(bytes).buffer);
}
