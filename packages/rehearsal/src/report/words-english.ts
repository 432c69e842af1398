import type { FigureId } from '../steps/figure.ts';
import type { ClearingName, StepName } from '../steps/step-list.ts';
import type { Verdict } from '../steps/step-result.ts';

/** Every text of the page. */
export interface Words {
  readonly language: 'en' | 'ja';
  readonly title: (environment: string, cloud: string) => string;
  readonly holds: string;
  readonly misses: (what: string) => string;
  readonly interrupted: string;
  readonly began: string;
  readonly commit: string;
  readonly what: string;
  readonly stepsTitle: string;
  readonly columns: readonly [step: string, verdict: string, took: string, figures: string];
  readonly steps: Readonly<Record<StepName | ClearingName, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly figures: Readonly<Record<FigureId, string>>;
  readonly most: (bar: string) => string;
  readonly least: (bar: string) => string;
  readonly exactly: (bar: string) => string;
  readonly mendedTitle: string;
  readonly mendedText: string;
  readonly loadTitle: string;
  readonly loadText: string;
  readonly loadLabel: (step: string, failed: number) => string;
  readonly answered: string;
  readonly failed: string;
  readonly change: string;
  readonly slowest: string;
  readonly said: string;
  readonly costTitle: string;
  readonly costText: string;
  readonly costColumns: readonly [part: string, amount: string];
  readonly all: string;
  readonly policiesTitle: string;
  readonly policiesText: (broken: number, waived: number) => string;
  readonly policyColumns: readonly [policy: string, where: string, reason: string];
  readonly broken: string;
  readonly limitsTitle: string;
  readonly limits: readonly string[];
}

const clouds: Readonly<Record<string, string>> = { aws: 'AWS', azure: 'Azure' };

export const english: Words = {
  language: 'en',
  title: (environment, cloud) => `Rehearsal of ${environment} on ${clouds[cloud] ?? cloud}`,
  holds: 'Every step came to its end, and every figure meets its bar.',
  misses: (what) => `Not as it has to be: ${what}`,
  interrupted: 'It was interrupted: what was made until then was taken away.',
  began: 'began',
  commit: 'commit',
  what:
    'Terraform of the environment against a simulator of the cloud, and its chart on a cluster of one machine, where ' +
    'PostgreSQL and Redis of the chart stand in for the managed ones.',
  stepsTitle: 'Steps',
  columns: ['step', 'verdict', 'took', 'figures'],
  steps: {
    policies: 'Policies of the Terraform code',
    cost: 'Cost',
    infrastructure: 'Infrastructure: plan, guard, apply, plan again',
    images: 'Images packed into the cluster',
    install: 'First installation, a model and its predictions',
    upgrade: 'Upgrade under load',
    'failed-upgrade': 'Upgrade to a version that never gets ready',
    rollback: 'Rollback to the first version under load',
    'pod-kill': 'A pod ended without warning, under load',
    backup: 'Backup',
    restore: 'Volume lost, backup restored',
    destroy: 'Infrastructure destroyed',
    remove: 'Namespace removed',
  },
  verdicts: { held: 'held', missed: 'missed', failed: 'failed', 'not run': 'not run' },
  figures: {
    policiesPassed: 'policies followed',
    policiesFailed: 'policies broken',
    policiesWaived: 'policies waived',
    dollarsAMonth: 'a month',
    planned: 'objects planned',
    created: 'objects made',
    guard: 'guard against losses',
    applySeconds: 'apply',
    driftAfterApply: 'differences by a second plan',
    chartObjects: "objects of the chart with Terraform's outputs",
    imagesSeconds: 'packed and loaded',
    installSeconds: 'until proven by helm test',
    predictions: 'predictions published',
    requests: 'requests',
    failedRequests: 'failed requests',
    downtime: 'downtime',
    p50: 'p50',
    p99: 'p99',
    rolledOutSeconds: 'until the version before had ended',
    trafficSeconds: 'until all requests went to it',
    exitCode: 'exit code',
    serving: 'serves afterwards',
    recoverySeconds: 'recovery',
    backupSeconds: 'backup',
    rows: 'rows',
    lostRows: 'lost rows',
    changedTables: 'tables with other values',
    backupAge: 'age of the backup at the loss',
    replayed: 'predictions made anew and equal',
    left: 'objects left',
    totalSeconds: 'from nothing to this report',
  },
  most: (bar) => `at most ${bar}`,
  least: (bar) => `at least ${bar}`,
  exactly: (bar) => `has to be ${bar}`,
  mendedTitle: 'The cluster of this machine',
  mendedText:
    'Programs of it ended by themselves and were started again. Without the one of network policies no pod gets a ' +
    'new connection, so that what failed meanwhile says nothing of the release.',
  loadTitle: 'Requests while something changes',
  loadText: 'Each second of the load: requests answered, requests failed, and the slowest of a hundred (p99).',
  loadLabel: (step, failed) => `${step}: requests by second; ${failed} failed`,
  answered: 'answered',
  failed: 'failed',
  change: 'while it changes',
  slowest: 'p99, ms',
  said: 'what was reported',
  costTitle: 'Cost',
  costText: 'US dollars a month without tax, by the prices of Tokyo, with the least number of machines that it keeps.',
  costColumns: ['part', 'US$ a month'],
  all: 'all',
  policiesTitle: 'Policies',
  policiesText: (broken, waived) => `${broken} broken, ${waived} waived with a reason.`,
  policyColumns: ['policy', 'where', 'reason'],
  broken: 'BROKEN',
  limitsTitle: 'What this does not show',
  limits: [
    'A simulator accepts what the cloud may refuse: quotas, rights of the account, capacity of a zone.',
    'Times are those of this machine, which is client, control plane and node at once.',
    'A restore of production also waits for its size: daytrade restore-drill measures it there.',
  ],
};
