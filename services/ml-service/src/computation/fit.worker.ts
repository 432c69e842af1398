import { executeTask, type TaskName } from '@daytrade/ensemble';

/**
 * Computes one task of a training, for example the members of one fold; the threads below a training do nothing else.
 */
export function fit({ name, input }: { readonly name: TaskName; readonly input: unknown }): unknown {
  return executeTask(name, input);
}
