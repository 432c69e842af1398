import type { Panel } from '@daytrade/series';
import type { Ensemble } from './ensemble.ts';
import { ensembleTasks, inlineTasks } from './execute-task.ts';
import type { MemberOptions } from './members/member-options.ts';
import type { OwnMembers } from './members/own-member.ts';
import type { EnsembleRun, RunTask } from './run-task.ts';
import { trainEnsemble } from './train-ensemble.ts';

/** A run in the calling thread, on a clock that stands. */
export const inlineRun: EnsembleRun = { runTask: inlineTasks, progress: () => undefined, now: () => 0 };

const twoMembers: readonly MemberOptions[] = [
  { name: 'trees', kind: 'trees', grower: 'leaf-wise', settings: { trees: 5, minimumRowsPerLeaf: 50 } },
  { name: 'ridge', kind: 'ridge', l2: 100 },
];

/** An ensemble of few small members, trained on as few sessions as will do. */
export async function trainSmall(
  panel: Panel,
  members: readonly MemberOptions[] = twoMembers,
  own?: OwnMembers,
): Promise<Ensemble> {
  const runTask: RunTask = async (name, input) => ensembleTasks[name](input, own);
  const sessions = { judgedSessions: 60, warmUpSessions: 60, minimumTrainingSessions: 100 };
  return (await trainEnsemble(panel, { ...sessions, members }, { ...inlineRun, runTask })).ensemble;
}
