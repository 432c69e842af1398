import { createHmac } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';

const form = /^daytrade-backup-key-1:([0-9a-f]{64})$/;

/**
 * The key of backups, from which everything that is secret about them is derived (HMAC-SHA256): the names of pieces,
 * and a key for the content of each.
 */
export class BackupKey {
  /** Says which key this is, and nothing of it: 16 hexadecimal digits. */
  readonly id: string;
  readonly #naming: Buffer;
  readonly #sealing: Buffer;

  private constructor(secret: Buffer) {
    const derived = (purpose: string) => createHmac('sha256', secret).update(`day-trade backup: ${purpose}`).digest();
    this.id = derived('id').toString('hex', 0, 8);
    this.#naming = derived('names');
    this.#sealing = derived('contents');
  }

  /**
   * Reads the text of a key file.
   *
   * @param source how a message names the file
   * @throws DayTradeError `settings.invalid`; the text is never shown
   */
  static parse(text: string, source: string): BackupKey {
    const secret = form.exec(text.trim())?.[1];
    if (secret !== undefined) return new BackupKey(Buffer.from(secret, 'hex'));
    throw new DayTradeError(
      'settings.invalid',
      `${source}: expected a key as \`daytrade backup --make-key FILE\` writes it`,
    );
  }

  /** @param secret 32 random bytes */
  static textOf(secret: Uint8Array): string {
    return `daytrade-backup-key-1:${Buffer.from(secret).toString('hex')}\n`;
  }

  /** The name of a piece: equal contents have the same one, which nobody without the key can tell from others. */
  nameOf(content: Uint8Array): string {
    return createHmac('sha256', this.#naming).update(content).digest('hex');
  }

  /** The key of the piece of a name, of 32 bytes. */
  keyOf(name: string): Buffer {
    return createHmac('sha256', this.#sealing).update(name).digest();
  }
}
