import { deserialize, serialize } from 'node:v8';
import type { Stores } from '@daytrade/storage';
import { type PartTask, partName } from './part-task.ts';

/**
 * Tasks and results of the parts of a run, as objects that every worker of an installation sees. A result is written
 * once it is whole, so whoever takes up the run finds what is done already.
 */
export class PartStore {
  readonly #objects: Stores['objects'];

  constructor(objects: Stores['objects']) {
    this.#objects = objects;
  }

  /** Keeps a task. @returns its name */
  async putTask(of: string, task: PartTask): Promise<string> {
    const part = partName(task);
    await this.#objects.put(`${folderOf(of)}${part}.task`, serialize(task));
    return part;
  }

  /** Undefined when the run has cleared its parts away. */
  async task(of: string, part: string): Promise<PartTask | undefined> {
    return (await this.#read(`${folderOf(of)}${part}.task`)) as PartTask | undefined;
  }

  async putResult(of: string, part: string, result: unknown): Promise<void> {
    await this.#objects.put(`${folderOf(of)}${part}.result`, serialize(result));
  }

  /** What the part gave, as it crossed; undefined while it is not done. */
  async result(of: string, part: string): Promise<unknown> {
    return await this.#read(`${folderOf(of)}${part}.result`);
  }

  /** Runs that parts are kept of. */
  async runs(): Promise<readonly string[]> {
    const keys = await this.#objects.list(folder);
    return [...new Set(keys.map((key) => key.slice(folder.length).split('/')[0]!))];
  }

  /** Removes all of a run. */
  async clear(of: string): Promise<void> {
    const keys = await this.#objects.list(folderOf(of));
    await Promise.all(keys.map((key) => this.#objects.delete(key)));
  }

  async #read(key: string): Promise<unknown> {
    const bytes = await this.#objects.get(key);
    return bytes === undefined ? undefined : deserialize(bytes);
  }
}

const folder = 'parts/';

function folderOf(of: string): string {
  return `${folder}${of}/`;
}
