import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { openPostgresDatabase, type PostgresOptions } from '@daytrade/storage';
import { temporaryFolder } from '@daytrade/storage/testing';
import { sql } from 'kysely';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Certificates, makeCertificates } from '../support/certificates.ts';

const message = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const askForPassword = message('R', Buffer.from([0, 0, 0, 3]));
const refusal = message('E', Buffer.from('SFATAL\0C28P01\0Mpassword authentication failed\0\0'));

/**
 * A server that speaks the beginning of PostgreSQL's protocol as RDS does for IAM: TLS, then a password in clear within
 * it, which it keeps and refuses.
 */
async function passwordCollector(certificates: Certificates): Promise<{ port: number; passwords: string[] }> {
  const passwords: string[] = [];
  const server = createServer((socket) => void converse(socket, certificates, passwords).catch(() => socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as { port: number }).port, passwords };
}

async function converse(socket: Socket, { certFile, keyFile }: Certificates, passwords: string[]): Promise<void> {
  await once(socket, 'data'); // asks for TLS
  socket.pause();
  socket.write('S');
  const tls = new TLSSocket(socket, { isServer: true, cert: readFileSync(certFile), key: readFileSync(keyFile) });
  tls.on('error', () => socket.destroy());
  await once(tls, 'data'); // user and database
  tls.write(askForPassword);
  const [answer] = (await once(tls, 'data')) as [Buffer];
  passwords.push(answer.toString('utf8', 5, answer.length - 1));
  tls.end(refusal);
}

it('sends a token of AWS IAM as the password, a new one for every connection, and shows none', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'the-secret-key');
  vi.stubEnv('AWS_REGION', 'ap-northeast-1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const certificates = makeCertificates(await temporaryFolder(), 'rds');
  const { port, passwords } = await passwordCollector(certificates);
  const options: PostgresOptions = {
    host: '127.0.0.1',
    port,
    database: 'daytrade',
    user: 'daytrade',
    authentication: { kind: 'aws-iam' },
    tls: { kind: 'verify', caFile: certificates.caFile },
  };
  const database = await openPostgresDatabase(options);
  onTestFinished(() => database.close());
  for (const pause of [0, 1100]) {
    // A token is signed for the second in which it is made.
    await new Promise((resolve) => setTimeout(resolve, pause));
    const error = await sql`select 1`.execute(database.db).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'dependency.refused' });
    expect(String(error)).not.toContain('X-Amz');
  }
  expect(passwords).toHaveLength(2);
  for (const password of passwords) {
    const token = new URL(`https://${password}`);
    expect(token.host).toBe(`127.0.0.1:${port}`);
    expect(Object.fromEntries(token.searchParams)).toMatchObject({
      Action: 'connect',
      DBUser: 'daytrade',
      'X-Amz-Credential': expect.stringMatching(/^AKIDEXAMPLE\/\d{8}\/ap-northeast-1\/rds-db\/aws4_request$/),
    });
  }
  expect(passwords[0]).not.toBe(passwords[1]);

  const plain = openPostgresDatabase({ ...options, tls: { kind: 'off' } });
  await expect(plain).rejects.toMatchObject({ code: 'settings.invalid' });
});
