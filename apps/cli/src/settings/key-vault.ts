import { type FileSetting, givenSettings, isSecret, settingsSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { EntraIdentity, readKeyVaultSecret } from '@daytrade/service/entra';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * An environment with the secrets in it that `DAYTRADE_KEY_VAULT_SECRETS` names, read from Key Vault by the identity
 * that Azure gives the process. Without both settings of Key Vault it stays as it is: `parseSettings` says what is
 * missing.
 *
 * @throws DayTradeError `settings.invalid` for a setting that everybody may see, is set as well, or cannot be read;
 *   `service.unavailable` when Entra or the vault does not answer
 */
export async function withKeyVaultSecrets(
  environment: Environment,
  fromFile: readonly FileSetting[],
  identity = new EntraIdentity({ environment }),
): Promise<Environment> {
  const given = givenSettings(environment, fromFile);
  const list = given.get('DAYTRADE_KEY_VAULT_SECRETS');
  const url = settingsSchema.shape.DAYTRADE_KEY_VAULT_URL.safeParse(given.get('DAYTRADE_KEY_VAULT_URL')?.text);
  if (list === undefined || !url.success || url.data === undefined) return environment;
  if (!settingsSchema.shape.DAYTRADE_KEY_VAULT_SECRETS.safeParse(list.text).success) return environment;
  const vault = url.data;
  const names = list.text.split(',').map((entry) => entry.split('=') as [string, string]);
  for (const [setting] of names) {
    if (!isSecret(setting)) throw wrong(list.label, `${setting} is not a secret: expected settings that are secrets`);
    if (given.has(setting)) throw wrong(list.label, `${setting} is set as well: expected one of them, not both`);
  }
  const read = await Promise.all(
    names.map(async ([setting, name]) => [setting, await readKeyVaultSecret(vault, name, identity)] as const),
  );
  return { ...environment, ...Object.fromEntries(read) };
}

function wrong(label: string, what: string): DayTradeError {
  return new DayTradeError('settings.invalid', `${label}: ${what}`);
}
