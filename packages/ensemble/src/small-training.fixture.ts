import type { Panel } from '@daytrade/series';
import type { Ensemble } from './ensemble.ts';
import { inlineTasks } from './execute-task.ts';
import type { MemberOptions } from './members/member-options.ts';
import type { EnsembleRun } from './run-task.ts';
import { trainEnsemble } from './train-ensemble.ts';

/** A run in the calling thread, on a clock that stands. */
export const inlineRun: EnsembleRun = { runTask: inlineTasks, progress: () => undefined, now: () => 0 };

const twoMembers: readonly MemberOptions[] = [
  { name: 'trees', kind: 'trees', grower: 'leaf-wise', settings: { trees: 5, minimumRowsPerLeaf: 50 } },
  { name: 'ridge', kind: 'ridge', l2: 100 },
];

/** An ensemble of few small members, trained on as few sessions as will do. */
export async function trainSmall(panel: Panel, members: readonly MemberOptions[] = twoMembers): Promise<Ensemble> {
  const sessions = { judgedSessions: 60, warmUpSessions: 60, minimumTrainingSessions: 100 };
  return (await trainEnsemble(panel, { ...sessions, members }, inlineRun)).ensemble;
}
