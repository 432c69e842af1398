import type { Settings } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { readRunningFile } from '../platform/running-file.ts';
import { programName } from '../program-name.ts';
import { firstFetchWords } from './plan-words.ts';
import type { Chosen } from './walk.ts';

const train = [
  `${programName} train`,
  'trains the ensemble on these bars; the model goes live when it is complete',
] as const;
const predict = [`${programName} predict`, "publishes the intervals for the next session's close"] as const;
const up = [`${programName} up`, 'runs everything with the page, and fetches what is new by itself'] as const;
const demo = [`${programName} up`, 'makes bars, trains on them, and shows the page'] as const;

/** What to do after the setup, one command per line. */
export function nextSteps(
  { changes, plan }: Chosen,
  { settings }: Pick<CommandContext, 'settings'>,
): readonly string[] {
  const provider = changes.get('DAYTRADE_PROVIDER');
  const universe = changes.get('DAYTRADE_UNIVERSE');
  const fetched =
    universe === undefined
      ? `reads ${changes.get('DAYTRADE_CSV_FOLDER')}; again when its files have changed`
      : `fetches the bars of ${provider === 'yahoo' ? universe : firstFetchWords(plan, universe)}`;
  const steps = provider === 'synthetic' ? [demo] : [[`${programName} fetch`, fetched] as const, train, predict, up];
  const lines = steps.map(([command, reason]) => `${command.padEnd(programName.length + 10)}${reason}`);
  const again = 'stop the platform that is running and start it again, since it has the settings of its start';
  return isRunning(settings) ? [again, ...lines] : lines;
}

function isRunning({ DAYTRADE_STATE_DIR: folder, DAYTRADE_HOST: host }: Settings): boolean {
  try {
    return readRunningFile(folder, host) !== undefined;
  } catch {
    // What is wrong there is said by the command that needs it.
    return false;
  }
}
