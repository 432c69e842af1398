import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { ObjectStore } from '../objects/object-store.ts';
import type { BackupKey } from './backup-key.ts';
import { type BackupContents, type BackupHead, backupFormat } from './manifest.ts';
import { type SealedPiece, seal, unseal } from './seal.ts';

/** Pieces are at most this large, so that a backup of any size takes little memory. */
const pieceBytes = 8 * 1024 * 1024;
const headFolder = 'backups/';
const pieceFolder = 'pieces/';
/** The name of a head stands before it: 64 hexadecimal digits. */
const nameLength = 64;
/** Codes of what may be wrong with one head while the others can be read. */
const ofTheHead: ReadonlySet<string> = new Set(['backup.damaged', 'backup.newer']);

/**
 * A folder or a bucket with the backups of one key: heads, `backups/KEY/ID`, and the pieces that they name,
 * `pieces/KEY/…`, each once, whatever number of backups it belongs to.
 */
export class BackupPlace {
  readonly #objects: ObjectStore;
  readonly #key: BackupKey;

  constructor(objects: ObjectStore, key: BackupKey) {
    this.#objects = objects;
    this.#key = key;
  }

  /** Encrypts a piece without storing it. */
  async seal(content: Uint8Array): Promise<SealedPiece> {
    return await seal(this.#key, content, true);
  }

  /** Encrypts bytes that are compressed already, cut into pieces. */
  async *sealed(bytes: Uint8Array, compress = false): AsyncGenerator<SealedPiece, void, void> {
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      yield await seal(this.#key, bytes.subarray(from, from + pieceBytes), compress);
    }
  }

  /** Names of all pieces that are there. */
  async pieces(): Promise<Set<string>> {
    const keys = await this.#objects.list(`${pieceFolder}${this.#key.id}/`);
    return new Set(keys.map((key) => key.slice(key.lastIndexOf('/') + 1)));
  }

  async put({ name, bytes }: SealedPiece): Promise<void> {
    await this.#objects.put(this.#pieceKey(name), bytes);
  }

  /** The content of a piece. @throws DayTradeError `backup.damaged` */
  async piece(name: string): Promise<Buffer> {
    const key = this.#pieceKey(name);
    const bytes = await this.#objects.get(key);
    if (bytes === undefined) throw damaged(`${key} is missing`);
    const content = await unseal(this.#key, name, bytes);
    if (content === undefined) throw damaged(`${key} was cut off or changed`);
    return content;
  }

  /** The content of several pieces, one after another. @throws DayTradeError `backup.damaged` */
  async joined(names: readonly string[]): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (const name of names) parts.push(await this.piece(name));
    return Buffer.concat(parts);
  }

  /**
   * Writes the head, with which the backup is there, and checks whether its pieces still are: another platform that
   * backs up to the same place may have removed some while no head named them.
   *
   * @throws DayTradeError `backup.damaged` when one is gone; then the backup is not there
   */
  async finish(head: BackupHead, contents: BackupContents): Promise<void> {
    const { name, bytes } = await this.seal(Buffer.from(JSON.stringify(head)));
    await this.#objects.put(this.#headKey(head.id), Buffer.concat([Buffer.from(name), bytes]));
    const there = await this.pieces();
    const gone = piecesOf(head, contents).filter((piece) => !there.has(piece));
    if (gone.length === 0) return;
    await this.#objects.delete(this.#headKey(head.id));
    throw damaged(`${gone.length} of its pieces were removed while it was made; does another platform use its key?`);
  }

  /** All backups, newest first: heads, and ids of those whose head is damaged or of a newer form. */
  async list(): Promise<{ readonly backups: readonly BackupHead[]; readonly unreadable: readonly string[] }> {
    const backups: BackupHead[] = [];
    const unreadable: string[] = [];
    for (const id of await this.ids()) {
      try {
        backups.push(await this.head(id));
      } catch (error) {
        if (!isDayTradeError(error) || !ofTheHead.has(error.code)) throw error;
        unreadable.push(id);
      }
    }
    return { backups, unreadable };
  }

  /** Names of all backups, newest first. */
  async ids(): Promise<readonly string[]> {
    const prefix = this.#headKey('');
    const keys = await this.#objects.list(prefix);
    return keys.map((key) => key.slice(prefix.length)).reverse();
  }

  /**
   * @param id default: the newest
   * @throws DayTradeError `backup.none`, `backup.key-wrong`, `backup.damaged`, `backup.newer`
   */
  async head(id?: string): Promise<BackupHead> {
    const wanted = id ?? (await this.ids())[0];
    if (wanted === undefined) throw await this.#nothing();
    const key = this.#headKey(wanted);
    const bytes = await this.#objects.get(key);
    if (bytes === undefined) throw await this.#nothing(wanted);
    const name = Buffer.from(bytes.subarray(0, nameLength)).toString();
    const content = await unseal(this.#key, name, bytes.subarray(nameLength));
    if (content === undefined) throw damaged(`${key} was cut off or changed`);
    const head = JSON.parse(content.toString()) as BackupHead;
    if (head.id !== wanted) throw damaged(`${key} is the backup ${head.id} under another name`);
    if (head.format <= backupFormat) return head;
    throw new DayTradeError(
      'backup.newer',
      `the backup ${wanted} has the form ${head.format}, known is ${backupFormat}`,
    );
  }

  /** @throws DayTradeError `backup.damaged` */
  async contents({ contents }: BackupHead): Promise<BackupContents> {
    return JSON.parse((await this.joined(contents)).toString()) as BackupContents;
  }

  /**
   * Removes all backups but the newest ones, then the pieces that none of those names.
   *
   * @param keep how many stay
   * @returns ids of those that were removed
   * @throws DayTradeError `backup.damaged` where one that stays cannot be read; then nothing is removed
   */
  async removeOld(keep: number): Promise<readonly string[]> {
    const ids = await this.ids();
    const [kept, old] = [ids.slice(0, keep), ids.slice(keep)];
    if (old.length === 0) return [];
    const named = new Set<string>();
    const addNamed = async (id: string) => {
      const head = await this.head(id);
      for (const name of piecesOf(head, await this.contents(head))) named.add(name);
    };
    for (const id of kept) await addNamed(id);
    for (const id of old) await this.#objects.delete(this.#headKey(id));
    const there = await this.pieces();
    // Looked for after the pieces were: another platform may have finished a backup meanwhile.
    for (const id of await this.ids()) if (!kept.includes(id)) await addNamed(id);
    for (const name of there) if (!named.has(name)) await this.#objects.delete(this.#pieceKey(name));
    return old;
  }

  /** Why there is no such backup: there are none, or they are of another key. */
  async #nothing(id?: string): Promise<DayTradeError> {
    const others = await this.#objects.list(headFolder);
    const own = others.filter((key) => key.startsWith(this.#headKey('')));
    const what = id === undefined ? 'no backup' : `no backup ${id}`;
    if (others.length === 0 || own.length > 0) return new DayTradeError('backup.none', `there is ${what} there`);
    return new DayTradeError(
      'backup.key-wrong',
      `there is ${what} of the key ${this.#key.id}; those that are there are of ` +
        [...new Set(others.map((key) => key.split('/')[1]))].join(', '),
    );
  }

  #headKey(id: string): string {
    return `${headFolder}${this.#key.id}/${id}`;
  }

  #pieceKey(name: string): string {
    return `${pieceFolder}${this.#key.id}/${name.slice(0, 2)}/${name}`;
  }
}

/** Names of all pieces that belong to a backup. */
function piecesOf(head: BackupHead, { tables, objects }: BackupContents): readonly string[] {
  return [...head.contents, ...[...tables, ...objects].flatMap(({ pieces }) => pieces)];
}

function damaged(what: string): DayTradeError {
  return new DayTradeError('backup.damaged', `the backup is not whole: ${what}`);
}
