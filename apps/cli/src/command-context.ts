import type { SettingSource, Settings } from '@daytrade/contracts';
import type { Terminal } from './output/terminal.ts';
import type { Connection } from './platform/connection.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Where a command reads answers; opened only by one that asks. */
  readonly stdin: () => NodeJS.ReadStream;
  readonly settings: Settings;
  /** Where the value of each setting comes from; one that is not there has its default. */
  readonly settingSources: ReadonlyMap<string, SettingSource>;
  /** The settings file, which need not exist. */
  readonly settingsFile: string;
  /** Results as JSON on standard output. */
  readonly json: boolean;
  /** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal;
  /** Opens the connection; it is closed when the command ends. */
  connect(): Promise<Connection>;
}
