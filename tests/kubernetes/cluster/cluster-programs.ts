/** A program of the cluster that `cluster` started. */
export interface Program {
  readonly name: string;
  readonly processId: string;
}

/** Those that run, as `cluster status` prints them. */
export function programsOf(status: string): readonly Program[] {
  return [...status.matchAll(/^(\S+) +(\d+)$/gm)].map(([, name = '', processId = '']) => ({ name, processId }));
}
