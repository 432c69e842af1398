import { type Kysely, sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import type { Tables } from '../tables.ts';
import { openMssqlDatabase } from './open.ts';
import { type Question, type Refusal, tdsServer } from './tds-server.fixture.ts';

/** A database on a server that refuses as it is told to. */
async function open(
  refusals: (question: Question, connection: number) => readonly Refusal[] | undefined,
): Promise<Kysely<Tables>> {
  const database = await openMssqlDatabase(await tdsServer(refusals));
  onTestFinished(() => database.close());
  return database.db;
}

const ask = async (db: Kysely<Tables>) => await sql`update bars set lot = 1`.execute(db);
const moved = { number: 40613, message: "Database 'daytrade' on server 'example' is not currently available." };
const notOpened = { number: 4060, message: 'Cannot open database "daytrade" requested by the login.' };
const notLetIn = { number: 18456, message: "Login failed for user 'daytrade'." };

it.each([
  [
    'may be tried again while Azure moves the database',
    [moved],
    { code: 'service.unavailable', message: expect.stringContaining(moved.message), retryable: true },
  ],
  ['is refused for a wrong user', [notLetIn], { code: 'dependency.refused', retryable: false }],
  [
    'has for its reason the first of several',
    [notOpened, notLetIn],
    { code: 'dependency.refused', message: expect.stringContaining('Cannot open database "daytrade"') },
  ],
] as const)('a login %s', async (_, refusals, expected) => {
  const db = await open((question) => (question === 'login' ? refusals : undefined));
  await expect(ask(db)).rejects.toMatchObject(expected);
});

const deadlock = { number: 1205, message: 'Transaction was deadlocked on lock resources with another process.' };
const noTransaction = {
  number: 3903,
  message: 'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.',
};

it('a transaction that the server rolled back by itself fails for what made the server do it', async () => {
  const asked: Question[] = [];
  const db = await open((question) => {
    asked.push(question);
    if (question === 'statement') return [deadlock];
    return question === 'transaction' && asked.includes('statement') ? [noTransaction] : undefined;
  });
  await expect(db.transaction().execute(ask)).rejects.toMatchObject({
    code: 'service.unavailable',
    message: expect.stringContaining(deadlock.message),
    retryable: true,
  });
  expect(asked).toEqual(['login', 'transaction', 'statement', 'transaction']);
});

it('a connection to what became a copy to read from is used no more', async () => {
  const readOnly = { number: 3906, message: 'Failed to update database "daytrade" because the database is read-only.' };
  const asked: number[] = [];
  const db = await open((question, connection) => {
    if (question !== 'statement') return undefined;
    asked.push(connection);
    return connection === 1 ? [readOnly] : undefined;
  });
  await expect(ask(db)).rejects.toMatchObject({ code: 'service.unavailable', retryable: true });
  await ask(db);
  expect(asked).toEqual([1, 2]);
});
