import type { Settings } from '@daytrade/contracts';
import type { Terminal } from './output/terminal.ts';
import type { Connection } from './platform/connection.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly settings: Settings;
  /** Results as JSON on standard output. */
  readonly json: boolean;
  /** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal;
  /** Opens the connection; it is closed when the command ends. */
  connect(): Promise<Connection>;
}
