import { isDeepStrictEqual } from 'node:util';
import { type LiveConfirmation, liveConfirmationSchema, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import { NotOwnersOnly, readOwnerOnlyFile } from './owner-only-file.ts';

/**
 * What somebody confirmed who wants real orders to be sent.
 *
 * @throws DayTradeError `trading.live-not-confirmed`, naming the field that is wrong
 */
export function readConfirmation(path: string, session: TradeDate): LiveConfirmation {
  const parsed = liveConfirmationSchema.safeParse(jsonOf(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not valid'}`);
  }
  const { validUntil, limits } = parsed.data;
  if (validUntil < session) throw refused(path, `validUntil: it held until ${validUntil}, the session is ${session}`);
  if (limits.maxPosition > limits.maxExposure) {
    throw refused(path, 'limits.maxPosition: expected at most limits.maxExposure');
  }
  return parsed.data;
}

/**
 * Holds what was confirmed against its file as it stands now: hours may have passed since it was read.
 *
 * @throws DayTradeError `trading.live-not-confirmed`
 */
export function assertStillConfirmed(path: string, session: TradeDate, before: LiveConfirmation): void {
  if (isDeepStrictEqual(readConfirmation(path, session), before)) return;
  throw refused(path, 'it has changed since the session was begun');
}

/**
 * The password of the broker's API, read anew whenever a token is asked for.
 *
 * @throws DayTradeError `trading.live-not-ready`; the message never has what is in the file
 */
export function kabuPassword({ DAYTRADE_KABU_PASSWORD_FILE: path }: Settings): () => string {
  if (path === undefined) throw noPassword('expected DAYTRADE_KABU_PASSWORD_FILE: a file with the password alone');
  const read = () => {
    try {
      const password = readOwnerOnlyFile(path).trim();
      if (password === '' || /\s/.test(password)) throw new NotOwnersOnly('expected the password alone');
      return password;
    } catch (error) {
      throw error instanceof NotOwnersOnly ? noPassword(`DAYTRADE_KABU_PASSWORD_FILE: ${error.message}`) : error;
    }
  };
  read();
  return read;
}

function noPassword(message: string): DayTradeError {
  return new DayTradeError('trading.live-not-ready', message, { details: { field: 'DAYTRADE_KABU_PASSWORD_FILE' } });
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readOwnerOnlyFile(path));
  } catch (error) {
    if (error instanceof NotOwnersOnly) throw refused(path, error.message);
    if (error instanceof SyntaxError) throw refused(path, 'it is not JSON');
    throw error;
  }
}

function refused(path: string, why: string): DayTradeError {
  return new DayTradeError('trading.live-not-confirmed', `--confirmation ${JSON.stringify(path)}: ${why}`, {
    details: { field: '--confirmation', path },
  });
}
