import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';
import type { EntraIdentity } from './entra-identity.ts';

const resource = 'https://vault.azure.net';
const secretAnswer = z.object({ value: z.string() });
const answerMs = 10_000;

/**
 * The value of a secret in Azure Key Vault, its newest version.
 *
 * @param vault its address, such as `https://example.vault.azure.net`
 * @throws DayTradeError `settings.invalid` for a secret that is not there or may not be read, `service.unavailable`
 *   when the vault or Entra does not answer
 */
export async function readKeyVaultSecret(vault: string, name: string, identity: EntraIdentity): Promise<string> {
  const { token } = await identity.token(resource);
  const url = new URL(`secrets/${encodeURIComponent(name)}?api-version=7.4`, vault.endsWith('/') ? vault : `${vault}/`);
  const details = { vault, secret: name };
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(answerMs),
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError('service.unavailable', `Key Vault ${vault} does not answer: ${reason}`, {
      details,
      cause: error,
    });
  });
  if (response.ok) {
    // An error of the parser would quote what it read.
    const read = secretAnswer.safeParse(await response.json().catch(() => undefined));
    if (read.success) return read.data.value;
    throw new DayTradeError('service.unavailable', `Key Vault ${vault} gives no secret for ${name}`, { details });
  }
  await response.body?.cancel();
  if (response.status >= 500 || response.status === 429) {
    throw new DayTradeError('service.unavailable', `Key Vault ${vault} answers with ${response.status}`, { details });
  }
  throw new DayTradeError('settings.invalid', `Key Vault ${vault}, secret ${name}: ${refusal(response.status)}`, {
    details,
  });
}

function refusal(status: number): string {
  if (status === 404) return 'there is none of this name';
  if (status === 401 || status === 403) {
    return `may not be read (${status}): expected the role "Key Vault Secrets User" for the identity, and a way in`;
  }
  return `is refused with ${status}`;
}
