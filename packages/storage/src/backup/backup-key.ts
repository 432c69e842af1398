import { readFile, stat } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';

const identityForm = /^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/m;
const othersMayRead = 0o007;
const groupMayRead = 0o070;

/** Encrypts the files of backups in the format of age (age-encryption.org), which the program `age` reads as well. */
export interface BackupKey {
  encrypt(content: Uint8Array): Promise<Uint8Array>;
  /** @throws DayTradeError `backup.key-wrong` */
  decrypt(content: Uint8Array, path: string): Promise<Uint8Array>;
}

/** Returns the text of a new key file, in the form of `age-keygen`, and its public key. */
export async function newBackupKey(): Promise<{ readonly text: string; readonly publicKey: string }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  const publicKey = await identityToRecipient(identity);
  return { text: `# public key: ${publicKey}\n${identity}\n`, publicKey };
}

/**
 * Reads a key file of `daytrade backup --make-key` or `age-keygen`.
 * @throws DayTradeError `settings.invalid` for a file that is not one, or that others may read; never shows its text
 */
export async function readBackupKey(path: string): Promise<BackupKey> {
  const identity = identityForm.exec(await readPrivate(path))?.[0];
  if (identity === undefined) {
    throw invalid(`the key file ${path}: expected a key of \`daytrade backup --make-key FILE\` or age-keygen`);
  }
  const { Decrypter, Encrypter, identityToRecipient } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return {
    encrypt: async (content) => await encrypter.encrypt(content),
    decrypt: async (content, file) => {
      try {
        return await decrypter.decrypt(content);
      } catch (error) {
        throw new DayTradeError('backup.key-wrong', `${file} was encrypted with another key than that of ${path}`, {
          cause: error,
        });
      }
    },
  };
}

async function readPrivate(path: string): Promise<string> {
  try {
    const { mode, uid } = await stat(path);
    if (process.platform !== 'win32' && mayOthersRead({ mode, uid }, process.geteuid?.())) {
      const found = (mode & 0o777).toString(8);
      throw invalid(`the key file ${path} can be read by others (mode ${found}): \`chmod 600 ${path}\``);
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    throw invalid(`the key file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Returns whether somebody beside the process and root may read a file with this mode and owner. */
export function mayOthersRead(
  { mode, uid }: { readonly mode: number; readonly uid: number },
  processUid: number | undefined,
): boolean {
  // A mounted secret belongs to root, and its group is that of the process.
  const isMounted = uid === 0 && processUid !== 0;
  return (mode & (isMounted ? othersMayRead : othersMayRead | groupMayRead)) !== 0;
}

function invalid(message: string): DayTradeError {
  return new DayTradeError('settings.invalid', message);
}
