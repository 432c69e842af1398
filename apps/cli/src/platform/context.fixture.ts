import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { createLogger } from '@daytrade/service';
import { newState } from '@daytrade/storage/testing';
import type { CommandContext } from '../define-command.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Connection } from './connect.ts';
import { clientsOf, openPlatform, type Platform } from './open-platform.ts';

/** A platform on a new state folder, and the context of a command that asks it. */
export interface CommandsOnPlatform {
  readonly folder: string;
  readonly platform: Platform;
  readonly connection: Connection;
  readonly context: CommandContext;
  /** Returns what was written since the last call, to standard output and standard error. */
  written(): string;
  close(): Promise<void>;
}

/** Opens a platform whose queue is not started: what is queued waits. */
export async function commandsOnPlatform(): Promise<CommandsOnPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-commands-'));
  const DAYTRADE_STATE_DIR = await newState(join(folder, 'state'));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR, DAYTRADE_USER_FOLDER: join(folder, 'user') };
  const platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  const connection = { ...clientsOf(platform), sharesFiles: true, close: async () => undefined };
  const texts: string[] = [];
  const stream = { isTTY: false, write: (text: string) => texts.push(text) > 0 };
  return {
    folder,
    platform,
    connection,
    context: {
      terminal: { stdout: stream, stderr: stream } as unknown as Terminal,
      settings,
      stdin: () => process.stdin,
      settingSources: new Map(),
      settingsFile: join(folder, 'day-trade.toml'),
      json: false,
      signal: new AbortController().signal,
      connect: async () => connection,
    },
    written: () => texts.splice(0).join(''),
    close: async () => {
      await platform.close();
      rmSync(folder, { recursive: true });
    },
  };
}
