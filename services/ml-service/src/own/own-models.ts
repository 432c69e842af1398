import {
  defaultMembers,
  type EnsembleOptions,
  type OwnFile,
  type OwnMember,
  type OwnMembers,
} from '@daytrade/ensemble';
import { DayTradeError } from '@daytrade/errors';
import { featureNames, mapBars, type Panel } from '@daytrade/series';
import { callProcess } from './own-process.ts';

/** Files of features and members that a training or an evaluation uses. */
export interface OwnParts {
  readonly features: readonly OwnFile[];
  readonly members: readonly OwnFile[];
}

/**
 * Adds features in files of the user's to a panel, for all of its sessions.
 *
 * @param audit whether to refuse first one that knows later bars
 */
export function withOwnColumns(panel: Panel, files: readonly OwnFile[] = [], audit = false): Panel {
  if (files.length === 0) return panel;
  const bars = { symbols: panel.symbols, days: panel.days, ...mapBars(panel, (column) => column) };
  const own = files.map((file) => {
    const values = callProcess({ kind: 'features', file, panel: bars, audit }) as Float64Array;
    return { name: file.name, values };
  });
  return { ...panel, own };
}

/**
 * Returns the option of the members: those of the platform, and those in files of the user's.
 *
 * @throws DayTradeError `input.invalid` for a member that looks at a feature that there is not
 */
export function withOwnMembers({ features, members }: OwnParts): Pick<EnsembleOptions, 'members'> {
  if (members.length === 0) return {};
  const known = [...featureNames, ...features.map(({ name }) => name)];
  const own = members.map((file) => {
    const described = callProcess({ kind: 'members', file }) as Pick<OwnMember, 'target' | 'columns'>;
    const unknown = described.columns?.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      const message = `columns: there is no feature ${unknown}; \`daytrade models explain --json\` lists all`;
      throw new DayTradeError('input.invalid', `members/${file.name}.ts: ${message}`);
    }
    return { ...described, ...file, kind: 'own' as const };
  });
  return { members: [...defaultMembers, ...own] };
}

/** Runs members in files of the user's. */
export const ownMembers: OwnMembers = {
  train: (file, rows, target, seed) =>
    callProcess({ kind: 'members', file, train: { rows, target, seed } }) as Uint8Array,
  predict: ({ file, state }, rows) => callProcess({ kind: 'members', file, predict: { rows, state } }) as Float64Array,
};
