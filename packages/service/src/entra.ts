import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { DayTradeError, loadChosen } from '@daytrade/errors';
import { z } from 'zod';

/** An access token of Entra for one service of Azure. */
export interface EntraToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface EntraOptions {
  /** Variables of the process; `AZURE_CLIENT_ID` selects one of several identities. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds between attempts. A container group may start before Entra knows its identity. */
  readonly pauses?: readonly number[];
  /** Aborted when the process ends, so that a pause does not keep it alive. */
  readonly signal?: AbortSignal;
}

type Credential = import('@azure/identity').ManagedIdentityCredential;

/**
 * The identity that Azure gives a process: a managed identity, or the one of its service account in AKS. Microsoft's
 * library reads the environment and keeps tokens until shortly before they expire.
 */
export class EntraIdentity {
  readonly #options: EntraOptions;
  #credential: Promise<Credential> | undefined;

  constructor(options: EntraOptions) {
    this.#options = options;
  }

  /**
   * Returns a token for a service of Azure.
   *
   * @throws DayTradeError `service.unavailable` with the reason; `settings.invalid` without the library
   */
  async token(resource: string, withinMs = 60_000): Promise<EntraToken> {
    const { environment, pauses = [500, 1_000, 2_000, 4_000, 8_000, 16_000], signal: ended } = this.#options;
    const late = AbortSignal.timeout(withinMs);
    const signal = ended === undefined ? late : AbortSignal.any([late, ended]);
    let reason: unknown = `no answer in ${withinMs} ms`;
    const attempts = async (): Promise<EntraToken> => {
      this.#credential ??= openCredential(environment.AZURE_CLIENT_ID);
      const credential = await this.#credential;
      for (const ms of [0, ...pauses]) {
        if (ms > 0) await pause(ms, undefined, { signal });
        try {
          const { token, expiresOnTimestamp } = await credential.getToken(`${resource}/.default`);
          return { token, expiresAt: expiresOnTimestamp };
        } catch (error) {
          reason = error;
        }
      }
      throw reason;
    };
    const aborted = once(signal, 'abort').then(() => Promise.reject(reason));
    try {
      return await Promise.race([attempts(), aborted]);
    } catch (error) {
      throw error instanceof DayTradeError ? error : refusal(resource, reason);
    }
  }
}

async function openCredential(clientId: string | undefined): Promise<Credential> {
  const { ManagedIdentityCredential } = await loadChosen(
    'Identities of Azure',
    '@azure/identity',
    () => import('@azure/identity'),
  );
  return new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
}

function refusal(resource: string, cause: unknown): DayTradeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DayTradeError(
    'service.unavailable',
    `Entra gives no token for ${resource}: ${reason}. Expected a managed identity or a workload identity of Azure`,
    { cause },
  );
}

const secretAnswer = z.object({ value: z.string() });

/**
 * Returns the newest version of a secret in Azure Key Vault. One request does it; Microsoft's library needs two, and
 * refuses the plain HTTP of a test.
 *
 * @param vault URL, such as `https://example.vault.azure.net`
 * @throws DayTradeError `settings.invalid` for a secret that does not exist or may not be read, `service.unavailable`
 *   when the vault or Entra does not answer
 */
export async function readKeyVaultSecret(vault: string, name: string, identity: EntraIdentity): Promise<string> {
  const { token } = await identity.token('https://vault.azure.net');
  const url = new URL(`secrets/${encodeURIComponent(name)}?api-version=7.4`, vault.endsWith('/') ? vault : `${vault}/`);
  const failed = (code: 'settings.invalid' | 'service.unavailable', message: string, cause?: unknown) =>
    new DayTradeError(code, message, { cause });
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw failed('service.unavailable', `Key Vault ${vault} does not answer: ${reason}`, error);
  });
  const { status } = response;
  // An error of the parser would quote the answer.
  const body: unknown = await response.json().catch(() => undefined);
  const read = secretAnswer.safeParse(body);
  if (response.ok && read.success) return read.data.value;
  if (response.ok) throw failed('service.unavailable', `Key Vault ${vault} gives no secret for ${name}`);
  if (status >= 500 || status === 429) {
    throw failed('service.unavailable', `Key Vault ${vault} answers with ${status}`);
  }
  const reason =
    status === 404
      ? 'there is none of this name'
      : `may not be read (${status}): expected the role "Key Vault Secrets User" for the identity, and a way in`;
  throw failed('settings.invalid', `Key Vault ${vault}, secret ${name}: ${reason}`);
}
