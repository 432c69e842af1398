import { run } from '../../support/steps.ts';
import { explained } from '../cluster/describe-failure.ts';
import { ownNamespace } from '../cluster/namespaces.ts';
import { type Environment, helmFolder } from './environments.ts';
import { untilReady } from './until-ready.ts';

const timeoutSeconds = 420;

export async function helm(args: readonly string[]): Promise<string> {
  return (await run('helm', args, { folder: helmFolder, timeoutSeconds })).stdout;
}

/**
 * Runs the specification's command for an environment with more arguments behind it.
 * @throws Error with what helm said and what became of the pods
 */
export async function upgrade(environment: Environment, more: readonly string[] = []): Promise<void> {
  const { namespace, command, fitting } = environment;
  const [program = '', ...args] = command.split(' ');
  await explained(namespace, () =>
    run(program, [...args, ...fitting, ...more], { folder: helmFolder, timeoutSeconds }),
  );
}

/** Installs an environment and waits until every pod is ready. @returns seconds that took */
export async function install(environment: Environment, more: readonly string[] = []): Promise<number> {
  const started = performance.now();
  await upgrade(environment, more);
  await ownNamespace(environment.namespace);
  await untilReady(environment.namespace, 300);
  return (performance.now() - started) / 1000;
}
