import { setTimeout as pause } from 'node:timers/promises';
import type { LoadOptions } from '../../support/load/load-options.ts';
import { figuresOf, type LoadFigures } from '../../support/load/load-report.ts';
import { startLoad } from '../../support/load/start-load.ts';
import type { Installation } from '../releases/installation.ts';
import { openLoadPort } from './load-port.ts';

interface UnderLoadOptions extends Pick<LoadOptions, 'requestsPerSecond'> {
  /** A route of the ML service. */
  readonly path: string;
  /** The load lasts until the action is over, and at least so long. */
  readonly seconds: number;
}

/** Does something while the ML service is asked for a route, and reports what became of the requests. */
export async function underLoad(
  { namespace, token }: Installation,
  { path, seconds, ...rate }: UnderLoadOptions,
  action: () => Promise<void>,
): Promise<LoadFigures> {
  const url = `${await openLoadPort(namespace)}${path}`;
  const load = startLoad({ url, token, ...rate, seconds: 600 });
  try {
    await action();
  } finally {
    await pause(Math.max(0, (seconds - load.second) * 1000));
    await load.stop();
  }
  return figuresOf(await load.result);
}
