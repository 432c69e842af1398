import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';

/**
 * The one folder below which files may be read. What stands outside is refused with the same words whether it exists or
 * not, also where a symbolic link leads there.
 */
export class ImportRoot {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  /**
   * The path without symbolic links, which is the one to open.
   *
   * @param field for the message: `folder` or `symbolsFile`
   * @throws DayTradeError `data.folder-refused` outside of the root; the system's error where nothing is at a path
   * inside
   */
  async resolve(field: string, path: string): Promise<string> {
    if (!isWithin(this.#root, resolve(path))) throw this.#refused(field, path);
    const [root, real] = await Promise.all([realpath(this.#root), realpath(path)]);
    if (!isWithin(root, real)) throw this.#refused(field, path);
    return real;
  }

  #refused(field: string, path: string): DayTradeError {
    return new DayTradeError(
      'data.folder-refused',
      `${field}: ${path} is outside of ${this.#root}, the only folder that is read here (DAYTRADE_IMPORT_ROOT)`,
      { details: { field, value: path, root: this.#root } },
    );
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}
