import { type EnvironmentName, environmentNames, oneOf } from '@daytrade/deployment';
import { DayTradeError } from '@daytrade/errors';
import type { Command } from 'commander';

/** After Ctrl-C what was begun is taken back: helm has ten minutes for it, and the proof some more. */
export const wayBackSeconds = 900;

/** Options that every command of a deployment takes. */
export function placeOptions(command: Command): Command {
  return environmentOptions(command)
    .option('--context <name>', 'context of kubeconfig; default: the current one')
    .option('--namespace <name>', "in place of the environment's own");
}

/** Options of a command that is about one environment. */
function environmentOptions(command: Command): Command {
  return command
    .requiredOption('--environment <name>', `which one: ${environmentNames.join(', ')}`)
    .option('--verbose', 'show each command, and what it writes');
}

/** Options of a command that changes what serves. */
export function changeOptions(command: Command): Command {
  return yesOptions(placeOptions(command));
}

/** Options of a command that changes a cloud: the cluster is the one that its environment names, and no other. */
export function cloudOptions(command: Command): Command {
  return yesOptions(environmentOptions(command));
}

function yesOptions(command: Command): Command {
  return command
    .option('--why <text>', 'the reason, for the history')
    .option('--take-over', 'go on in the place of a deployment whose process is gone')
    .option('--yes', 'do it: without this it is only shown');
}

/** Which environment is meant, and where. @throws DayTradeError `input.invalid` naming what is allowed */
export function placeOf(options: Readonly<Record<string, unknown>>) {
  const environment = wordOf<EnvironmentName>('--environment', environmentNames, options.environment);
  const { context, namespace } = options as Readonly<Record<string, string | undefined>>;
  return { environment, context, namespace };
}

/** An option that is one of some words. @throws DayTradeError `input.invalid` naming them */
export function wordOf<Word extends string>(option: string, allowed: readonly Word[], given: unknown): Word {
  try {
    return oneOf(option, allowed, given as string | undefined);
  } catch (error) {
    throw new DayTradeError('input.invalid', (error as Error).message, { details: { field: option, value: given } });
  }
}
