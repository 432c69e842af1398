import { defaultTreeOptions, type Grower, type TreeOptions } from '@daytrade/learners';
import { rankNames, sessionWideNames } from '@daytrade/series';
import type { Targeted } from './member-target.ts';
import type { OwnMember } from './own-member.ts';

/** Settings of trees beside their grower; what is left out is the learners' default for weak signals. */
export type MemberTreeOptions = Partial<Omit<TreeOptions, 'grower' | 'loss' | 'seed'>>;

export interface TreeMember extends Targeted {
  readonly name: string;
  readonly kind: 'trees';
  readonly grower: Grower;
  readonly settings: MemberTreeOptions;
}

export interface RidgeMember extends Targeted {
  readonly name: string;
  readonly kind: 'ridge';
  /** Penalty on standardised columns, in rows that it is fitted on. */
  readonly l2: number;
  /** The features that it looks at; default all of them. */
  readonly columns?: readonly string[];
}

/** One member of the ensemble: what predicts z, the next log return in units of its EWMA scale, or a part of it. */
export type MemberOptions = TreeMember | RidgeMember | OwnMember;

/** Common settings of the three kinds of boosting. */
const small: MemberTreeOptions = {
  trees: 50,
  learningRate: 0.04,
  minimumRowsPerLeaf: 500,
  l2: 300,
  rowSample: 0.5,
  columnSamplePerTree: 0.3,
};

/**
 * The members. The signal is weak (R2 of some thousandths), so all of them are small: few leaves, large leaves, strong
 * penalties and samples of rows and columns. All but the last are market-neutral; see docs/forecasting.md.
 */
export const defaultMembers: readonly MemberOptions[] = [
  {
    name: 'boosting-leaf-wise',
    kind: 'trees',
    grower: 'leaf-wise',
    target: 'scaled-rank',
    settings: { ...small, maximumLeaves: 8 },
  },
  {
    name: 'boosting-depth-wise',
    kind: 'trees',
    grower: 'depth-wise',
    target: 'rank',
    settings: { ...small, maximumDepth: 3 },
  },
  {
    name: 'boosting-symmetric',
    kind: 'trees',
    grower: 'symmetric',
    target: 'rank',
    settings: { ...small, maximumDepth: 3 },
  },
  {
    name: 'random-forest',
    kind: 'trees',
    grower: 'forest',
    target: 'scaled-rank',
    settings: { trees: 50, maximumDepth: 5, minimumRowsPerLeaf: 500, rowSample: 0.3, columnSamplePerSplit: 0.3 },
  },
  { name: 'ridge', kind: 'ridge', target: 'rank', columns: rankNames, l2: 300_000 },
  { name: 'ridge-scaled', kind: 'ridge', target: 'scaled-rank', columns: rankNames, l2: 300_000 },
  { name: 'market', kind: 'ridge', target: 'market', columns: sessionWideNames, l2: 1000 },
];

/** All settings of a member's trees for squared loss. */
export function treeOptions(member: TreeMember, seed: number): TreeOptions {
  return { ...defaultTreeOptions(member.grower), ...member.settings, loss: { kind: 'squared' }, seed };
}
