import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LiveConfirmation, liveConfirmationSchema } from '@daytrade/contracts';
import { z } from 'zod';
import { replaceFile } from '../setup/replace-file.ts';

/** What of a confirmation bounds a session. */
export type LiveLimits = LiveConfirmation['limits'];

const keptSchema = z.object({ session: z.string(), limits: liveConfirmationSchema.shape.limits });

const nameOfFile = 'limits.json';

/** Writes down by which limits a session of an account is traded, for whoever looks at it meanwhile. */
export async function keepLimits(folder: string, session: string, limits: LiveLimits): Promise<void> {
  await replaceFile(join(folder, nameOfFile), `${JSON.stringify({ session, limits })}\n`, 0o600);
}

/** The limits of a session; undefined where they were not written down, or cannot be read. */
export async function keptLimits(folder: string, session: string): Promise<LiveLimits | undefined> {
  const text = await readFile(join(folder, nameOfFile), 'utf8').catch(() => 'null');
  try {
    const kept = keptSchema.safeParse(JSON.parse(text));
    return kept.success && kept.data.session === session ? kept.data.limits : undefined;
  } catch {
    return undefined;
  }
}
