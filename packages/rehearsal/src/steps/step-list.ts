/** The steps of a rehearsal in their order, each with those whose end it begins from. */
export const stepNeeds = {
  policies: [],
  cost: [],
  infrastructure: [],
  images: [],
  install: [],
  upgrade: ['install'],
  'failed-upgrade': ['install'],
  rollback: ['upgrade'],
  'pod-kill': ['install'],
  backup: ['install'],
  restore: ['backup'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Steps whose work others use: those are not run where it failed, and where it was not chosen it was done before. */
export const stepUses: Readonly<Partial<Record<StepName, readonly StepName[]>>> = { install: ['images'] };

/** A step that can be chosen. */
export type StepName = keyof typeof stepNeeds;

/** What is taken away at the end, whatever came before; never chosen. */
export type ClearingName = 'destroy' | 'remove';

export const stepNames = Object.keys(stepNeeds) as readonly StepName[];

/** Programs that a step runs, beside Node.js. */
export const stepTools: Readonly<Record<StepName, readonly string[]>> = {
  policies: ['checkov'],
  cost: [],
  infrastructure: ['terraform'],
  images: ['cluster'],
  install: ['kubectl', 'helm'],
  upgrade: ['kubectl', 'helm'],
  'failed-upgrade': ['kubectl', 'helm'],
  rollback: ['kubectl', 'helm'],
  'pod-kill': ['kubectl'],
  backup: ['kubectl'],
  restore: ['kubectl'],
};

/** Whether a step happens on the cluster. */
export function isOnCluster(step: StepName): boolean {
  return stepTools[step].includes('kubectl');
}
