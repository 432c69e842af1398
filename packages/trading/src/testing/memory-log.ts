import type { PaperEvent } from '@daytrade/contracts';
import type { PaperLog } from '../paper/paper-log.ts';

/** The log of a book in memory, which takes events as the one in the database does. */
export class MemoryLog implements PaperLog {
  readonly events: PaperEvent[] = [];

  async read(): Promise<readonly PaperEvent[]> {
    return [...this.events];
  }

  async append(after: number, events: readonly PaperEvent[]): Promise<boolean> {
    if (this.events.length !== after) return false;
    const keys = new Set([...this.events, ...events].map(({ key }) => key));
    if (keys.size < this.events.length + events.length) throw new Error('a key of the log was written twice');
    this.events.push(...events);
    return true;
  }
}
