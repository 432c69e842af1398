import { defaultTreeOptions, type Grower, type TreeOptions } from '@daytrade/learners';

/** Settings of trees beside their grower; what is left out is the learners' default for weak signals. */
export type MemberTreeOptions = Partial<Omit<TreeOptions, 'grower' | 'loss' | 'seed'>>;

/** A member that is an ensemble of trees. */
export interface TreeMember {
  readonly name: string;
  readonly kind: 'trees';
  readonly grower: Grower;
  readonly settings: MemberTreeOptions;
}

/** A member that is a ridge regression; `l2` is its penalty on standardised columns. */
export interface RidgeMember {
  readonly name: string;
  readonly kind: 'ridge';
  readonly l2: number;
}

/** One member of the ensemble: what predicts z, the next log return in units of its EWMA scale. */
export type MemberOptions = TreeMember | RidgeMember;

/** What the three kinds of boosting have in common. */
const small: MemberTreeOptions = {
  trees: 50,
  learningRate: 0.04,
  minimumRowsPerLeaf: 500,
  l2: 300,
  rowSample: 0.5,
  columnSamplePerTree: 0.3,
};

/**
 * The five members. The signal is weak (R2 of some thousandths), so all of them are small: few leaves, large leaves,
 * strong penalties and samples of rows and columns.
 */
export const defaultMembers: readonly MemberOptions[] = [
  {
    name: 'boosting-leaf-wise',
    kind: 'trees',
    grower: 'leaf-wise',
    settings: { ...small, maximumLeaves: 8 },
  },
  { name: 'boosting-depth-wise', kind: 'trees', grower: 'depth-wise', settings: { ...small, maximumDepth: 3 } },
  { name: 'boosting-symmetric', kind: 'trees', grower: 'symmetric', settings: { ...small, maximumDepth: 3 } },
  {
    name: 'random-forest',
    kind: 'trees',
    grower: 'forest',
    settings: { trees: 50, maximumDepth: 5, minimumRowsPerLeaf: 500, rowSample: 0.3, columnSamplePerSplit: 0.3 },
  },
  { name: 'ridge', kind: 'ridge', l2: 20_000 },
];

/** All settings of a member's trees for squared loss. */
export function treeOptions(member: TreeMember, seed: number): TreeOptions {
  return { ...defaultTreeOptions(member.grower), ...member.settings, loss: { kind: 'squared' }, seed };
}
