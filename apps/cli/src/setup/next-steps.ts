import type { Settings } from '@daytrade/contracts';
import type { CommandContext } from '../define-command.ts';
import { readRunningFile } from '../platform/running-file.ts';
import { programName } from '../program-name.ts';
import type { Chosen } from './walk.ts';

const train = [
  `${programName} train`,
  'trains the ensemble on these bars; the model goes live when it is complete',
] as const;
const predict = [`${programName} predict`, "publishes the intervals for the next session's close"] as const;
const up = [`${programName} up`, 'runs everything with the page, and fetches what is new by itself'] as const;
const demo = [`${programName} up`, 'makes bars, trains on them, and shows the page'] as const;

/** Lists the commands to run after the setup. */
export function nextSteps(
  { settings: chosen, provider }: Pick<Chosen, 'settings' | 'provider'>,
  { settings }: Pick<CommandContext, 'settings'>,
): readonly string[] {
  const fetched = provider.setup.firstFetch?.(chosen);
  const steps = fetched === undefined ? [demo] : [[`${programName} fetch`, fetched] as const, train, predict, up];
  const lines = steps.map(([command, reason]) => `${command.padEnd(programName.length + 10)}${reason}`);
  const again = 'stop the platform that is running and start it again, since it has the settings of its start';
  return isRunning(settings) ? [again, ...lines] : lines;
}

function isRunning({ DAYTRADE_STATE_DIR: folder, DAYTRADE_HOST: host }: Settings): boolean {
  try {
    return readRunningFile(folder, host) !== undefined;
  } catch {
    // The command that needs the file reports its fault.
    return false;
  }
}
