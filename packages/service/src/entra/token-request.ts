import { readFile } from 'node:fs/promises';

/** Where a token of Entra is asked for, and how. */
export interface TokenRequest {
  readonly url: string;
  readonly init: RequestInit;
}

/** Variables that Azure gives a process, under names of its own. */
export type AzureEnvironment = Readonly<Record<string, string | undefined>>;

/** Answers in every machine of Azure, also in a container group, and nowhere else. */
const metadata = 'http://169.254.169.254/metadata/identity/oauth2/token';

/**
 * The way to a token that a process has, as Azure's own libraries look for it: a file that AKS keeps in a pod (workload
 * identity), an address that the platform names (`IDENTITY_ENDPOINT`), or the metadata service of the machine.
 *
 * @param resource what the token is for, such as `https://vault.azure.net`
 * @throws Error when the file cannot be read
 */
export async function tokenRequest(resource: string, environment: AzureEnvironment): Promise<TokenRequest> {
  const {
    AZURE_CLIENT_ID: client,
    AZURE_TENANT_ID: tenant,
    AZURE_FEDERATED_TOKEN_FILE: file,
    AZURE_AUTHORITY_HOST: authority = 'https://login.microsoftonline.com/',
    IDENTITY_ENDPOINT: endpoint,
    IDENTITY_HEADER: header,
  } = environment;
  if (file !== undefined && tenant !== undefined && client !== undefined) {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      scope: `${resource}/.default`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: (await readFile(file, 'utf8')).trim(),
    });
    return { url: new URL(`${tenant}/oauth2/v2.0/token`, authority).href, init: { method: 'POST', body } };
  }
  const named: Record<string, string> = client === undefined ? {} : { client_id: client };
  if (endpoint !== undefined && header !== undefined) {
    const asked = new URLSearchParams({ 'api-version': '2019-08-01', resource, ...named });
    return { url: `${endpoint}?${asked.toString()}`, init: { headers: { 'X-IDENTITY-HEADER': header } } };
  }
  const asked = new URLSearchParams({ 'api-version': '2018-02-01', resource, ...named });
  return { url: `${metadata}?${asked.toString()}`, init: { headers: { Metadata: 'true' } } };
}
