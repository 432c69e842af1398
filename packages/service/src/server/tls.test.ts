import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { defaultLimits } from './edge-options.ts';
import { listen } from './lifecycle.ts';
import { followTlsFiles, readTlsFiles } from './tls-files.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let folder: string;
let service: Service | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-tls-'));
});
afterEach(async () => {
  await service?.close();
  service = undefined;
  rmSync(folder, { recursive: true });
});

/** A certificate for 127.0.0.1 that is its own authority, in a folder of its own. */
function makeCertificate(name: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('mkdir', [join(folder, name)]);
  const files = ['-keyout', join(folder, name, 'tls.key'), '-out', join(folder, name, 'tls.crt')];
  execFileSync('openssl', ['req', '-x509', ...key, ...subject, ...files], { stdio: 'ignore' });
}

/** The way in which Kubernetes changes the files of a secret: one link is put in the place of another. */
function use(name: string): { readonly certificateFile: string; readonly keyFile: string } {
  symlinkSync(join(folder, name), join(folder, 'next'));
  renameSync(join(folder, 'next'), join(folder, 'current'));
  const at = (file: string) => join(folder, 'current', file);
  return { certificateFile: at('tls.crt'), keyFile: at('tls.key') };
}

interface Answer {
  readonly status: number | undefined;
  readonly certificate: string;
  readonly reused: boolean;
}

function ask(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/healthz`, { agent }, (response) => {
      const { subject } = (response.socket as TLSSocket).getPeerCertificate() as PeerCertificate;
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, certificate: String(subject.CN), reused: request.reusedSocket }),
      );
    });
    request.on('error', reject);
  });
}

const trusting = () => new Agent({ keepAlive: true, rejectUnauthorized: false });

describe.skipIf(!hasOpenssl)('a service with a certificate', () => {
  it('closes a connection without its handshake before one with a request', async () => {
    makeCertificate('first');
    service = await testService({ tls: use('first'), limits: { ...defaultLimits, connections: 1 } });
    const begun = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    service.get('/v1/held', async () => {
      begun.resolve();
      await released.promise;
      return {};
    });
    const { url, port } = await listen(service, { host: '127.0.0.1', port: 0 });
    const held = once(get(`${url}/v1/held`, { agent: trusting() }), 'response');
    await begun.promise;
    await once(connect(port, '127.0.0.1').resume(), 'close');
    released.resolve();
    const [{ statusCode }] = (await held) as [IncomingMessage];
    expect(statusCode).toBe(200);
  });

  it('speaks TLS and nothing else, takes a renewed one up, and drops nobody meanwhile', {
    tags: ['long'],
  }, async () => {
    for (const name of ['first', 'second']) makeCertificate(name);
    const tls = use('first');
    service = await testService({ tls });
    const { url } = await listen(service, { host: '127.0.0.1', port: 0 });
    expect(url).toMatch(/^https:/);
    const open = trusting();
    expect(await ask(url, open)).toEqual({ status: 200, certificate: 'first', reused: false });
    await expect(fetch(url.replace('https', 'http'))).rejects.toThrow();

    const failed: unknown[] = [];
    followTlsFiles(service.server as never, tls, { everyMs: 20, failed: (error) => failed.push(error) });
    use('second');
    await pause(300);
    expect(await ask(url, open)).toEqual({ status: 200, certificate: 'first', reused: true });
    expect(await ask(url, trusting())).toMatchObject({ status: 200, certificate: 'second' });

    writeFileSync(tls.keyFile, 'no key');
    await pause(300);
    expect(failed).toHaveLength(1);
    expect(await ask(url, trusting())).toMatchObject({ status: 200, certificate: 'second' });
    open.destroy();
  });

  it('does not start with files that do not belong together, or are not there', () => {
    for (const name of ['first', 'second']) makeCertificate(name);
    const { certificateFile } = use('first');
    for (const keyFile of [join(folder, 'second', 'tls.key'), join(folder, 'none.key')]) {
      expect(() => readTlsFiles({ certificateFile, keyFile })).toThrow(
        /DAYTRADE_TLS_KEY_FILE=.*expected a certificate/,
      );
    }
  });
});
