import {
  defaultMembers,
  type EnsembleOptions,
  type OwnFile,
  type OwnMember,
  type OwnMembers,
} from '@daytrade/ensemble';
import { mapBars, type Panel } from '@daytrade/series';
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

/** Returns the option of the members: those of the platform, and those in files of the user's. */
export function withOwnMembers(files: readonly OwnFile[]): Pick<EnsembleOptions, 'members'> {
  if (files.length === 0) return {};
  const own = files.map((file) => ({
    ...(callProcess({ kind: 'members', file }) as Pick<OwnMember, 'target' | 'columns'>),
    ...file,
    kind: 'own' as const,
  }));
  return { members: [...defaultMembers, ...own] };
}

/** Runs members in files of the user's. */
export const ownMembers: OwnMembers = {
  train: (file, rows, target, seed) =>
    callProcess({ kind: 'members', file, train: { rows, target, seed } }) as Uint8Array,
  predict: ({ file, state }, rows) => callProcess({ kind: 'members', file, predict: { rows, state } }) as Float64Array,
};
