import type { Stores } from '@daytrade/storage';
import { PaperBook, type PaperLog } from '@daytrade/trading';

/** The log of a book in the database. */
export function storedLog({ paper }: Pick<Stores, 'paper'>, name: string): PaperLog {
  return { read: () => paper.read(name), append: (after, events) => paper.append(name, after, events) };
}

/** The book that was started last; an empty one without a name where there is none. */
export async function newestBook(stores: Pick<Stores, 'paper'>): Promise<{
  readonly name: string | undefined;
  readonly book: PaperBook;
}> {
  const name = await stores.paper.newestBook();
  return { name, book: new PaperBook(name === undefined ? [] : await stores.paper.read(name)) };
}

/** The name of the next book: numbers in order, so that of two starts at once one is refused. */
export function nextName(name: string | undefined): string {
  return `paper-${name === undefined ? 1 : Number(name.slice('paper-'.length)) + 1}`;
}
