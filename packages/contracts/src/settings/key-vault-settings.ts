import { z } from 'zod';

/** Secrets that the process reads from Azure Key Vault when it starts, by its managed identity. */
export const keyVaultSettings = {
  DAYTRADE_KEY_VAULT_URL: z
    .url({
      protocol: /^https?$/,
      hostname: /^[a-z0-9-]+\.vault\.azure\.net$|^127\.0\.0\.1$/i,
      error: 'expected the URL of a Key Vault, for example https://example.vault.azure.net',
    })
    .refine((url) => url.startsWith('https:') || url.startsWith('http://127.0.0.1'), 'expected https')
    .optional()
    .meta({ description: 'Azure Key Vault with the secrets of DAYTRADE_KEY_VAULT_SECRETS', unit: 'URL' }),
  DAYTRADE_KEY_VAULT_SECRETS: z
    .string()
    .regex(
      /^DAYTRADE_[A-Z0-9_]+=[A-Za-z0-9-]{1,127}(,DAYTRADE_[A-Z0-9_]+=[A-Za-z0-9-]{1,127})*$/,
      'expected settings with names of secrets, for example DAYTRADE_TOKEN=token,DAYTRADE_DATABASE_PASSWORD=database',
    )
    .optional()
    .meta({
      description: 'Settings that are read from Key Vault at the start, each with the name of its secret there',
      unit: 'setting=name, …',
    }),
} as const;
