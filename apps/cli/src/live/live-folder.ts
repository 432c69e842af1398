import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTradeDate, type TradeDate } from '@daytrade/market';
import { PaperBook } from '@daytrade/paper';
import { FileLog } from './file-log.ts';

/** Where the sessions of an account are kept. */
export function accountFolder(stateFolder: string, account: string): string {
  return join(stateFolder, 'live', account);
}

/** A session of an account with its log. */
export interface KeptSession {
  readonly account: string;
  readonly session: TradeDate;
  readonly log: FileLog;
  readonly book: PaperBook;
}

/** Accounts that ever had a session. */
export async function liveAccounts(stateFolder: string): Promise<readonly string[]> {
  return (await namesIn(join(stateFolder, 'live'))).filter((name) => /^\d{4,12}$/.test(name));
}

/** The newest session of an account; undefined where it had none. */
export async function newestSession(stateFolder: string, account: string): Promise<KeptSession | undefined> {
  const folder = accountFolder(stateFolder, account);
  const session = (await namesIn(folder)).filter(isTradeDate).toSorted().at(-1);
  if (session === undefined) return undefined;
  const log = new FileLog(join(folder, session));
  return { account, session, log, book: new PaperBook(await log.read()) };
}

/** The newest session of each account that ever had one. */
export async function newestSessions(stateFolder: string): Promise<readonly KeptSession[]> {
  const accounts = await liveAccounts(stateFolder);
  const kept = await Promise.all(accounts.map((account) => newestSession(stateFolder, account)));
  return kept.filter((one) => one !== undefined);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
