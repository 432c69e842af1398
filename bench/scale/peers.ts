import { answerOf, startPython } from '../harness/child.ts';
import type { ExchangeRules } from './exchange-rules.ts';

/** Those that import and update as the platform does. */
export const peerLibraries = ['pandas', 'polars', 'duckdb'] as const;
export type PeerLibrary = (typeof peerLibraries)[number];

/** What a peer is asked for; the file that it writes is `output`. */
export type PeerTask = { readonly rules: ExchangeRules; readonly output: string } & (
  | { readonly kind: 'import'; readonly folder: string }
  | { readonly kind: 'update'; readonly stored: string; readonly file: string }
);

/** What a peer took, and how many rows it kept of how many. */
export interface PeerAnswer {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly rows: number;
  readonly kept: number;
}

/** Runs a peer in a process of its own. */
export async function askPeer(python: string, library: PeerLibrary, task: PeerTask): Promise<PeerAnswer> {
  return (await answerOf(startPython(python, 'scale.py', { ...task, library }))) as PeerAnswer;
}
