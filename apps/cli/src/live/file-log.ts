import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PaperEvent } from '@daytrade/contracts';
import type { PaperLog } from '@daytrade/paper';

const digits = 8;
const part = /^(\d{8})\.json$/;

/**
 * The log of a live session in a folder: each file has the events that were written together, and the number of those
 * before them for a name. It needs no service, so that a session can be halted when nothing else runs any more.
 */
export class FileLog implements PaperLog {
  readonly #folder: string;
  #known: readonly PaperEvent[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(): Promise<readonly PaperEvent[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const starts = names.flatMap((name) => part.exec(name)?.[1] ?? []).toSorted();
    for (const start of starts) {
      if (Number(start) < this.#known.length) continue;
      const text = await readFile(join(this.#folder, `${start}.json`), 'utf8');
      this.#known = [...this.#known, ...(JSON.parse(text) as readonly PaperEvent[])];
    }
    return this.#known;
  }

  /**
   * A link is made to a name that nobody else has taken, or it is not made; what it leads to is on the disk by then.
   */
  async append(after: number, events: readonly PaperEvent[]): Promise<boolean> {
    if ((await this.read()).length !== after) return false;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const unfinished = join(this.#folder, `unfinished-${randomUUID()}`);
    try {
      const file = await open(unfinished, 'wx', 0o600);
      await file.writeFile(`${JSON.stringify(events)}\n`);
      await file.sync();
      await file.close();
      await link(unfinished, join(this.#folder, `${String(after).padStart(digits, '0')}.json`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(unfinished, { force: true });
    }
    await this.#sync();
    return true;
  }

  /** Windows cannot open a folder, and keeps the order of what is written by itself. */
  async #sync(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.#folder, 'r');
    await folder.sync();
    await folder.close();
  }
}
