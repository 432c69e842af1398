import type { SuiteFindings } from './result.ts';

/** What a suite is handed. */
export interface SuiteContext {
  /** Small sizes, to see that everything runs; its figures say nothing about the bars. */
  readonly quick: boolean;
  /** The Python that has the peers; they are installed when it is asked for. */
  readonly python: string;
  /** Folder for files that are made once and used again. */
  readonly cache: string;
  /** Says what is being measured. */
  readonly progress: (message: string) => void;
}

/** A group of comparisons that is run by name. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  /** Needs more than this machine's Python, so it runs only where it is asked for. */
  readonly onlyByName?: boolean;
  /** Loads its code: what is not measured is not loaded. */
  readonly load: () => Promise<(context: SuiteContext) => Promise<SuiteFindings>>;
}
