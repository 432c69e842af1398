import { filePath } from './setting-types.ts';

/** Secrets that a process reads once, when it starts. */
export const secretsOfStart = [
  'DAYTRADE_TOKEN',
  'DAYTRADE_READ_TOKEN',
  'DAYTRADE_DATABASE_PASSWORD',
  'DAYTRADE_REDIS_PASSWORD',
] as const;

/** All secrets; the others are read again each time, so that their files may be replaced while a process runs. */
const secrets = [
  ...secretsOfStart,
  'DAYTRADE_JQUANTS_API_KEY',
  'DAYTRADE_NOTICE_WEBHOOK_URL',
  'DAYTRADE_NOTICE_WEBHOOK_KEY',
  'DAYTRADE_NOTICE_SLACK_URL',
  'DAYTRADE_NOTICE_SMTP_URL',
] as const;

export type SecretName = (typeof secrets)[number];

/** For each secret NAME the setting NAME_FILE, a file with the secret alone. */
export const secretFiles = Object.fromEntries(
  secrets.map((name) => [`${name}_FILE`, filePath(`File with ${name} alone`)]),
) as { readonly [Name in SecretName as `${Name}_FILE`]: ReturnType<typeof filePath> };

/** Returns whether a secret is set, by itself or by its file. */
export function isSecretSet(
  settings: Readonly<Partial<Record<SecretName | `${SecretName}_FILE`, unknown>>>,
  name: SecretName,
): boolean {
  return settings[name] !== undefined || settings[`${name}_FILE`] !== undefined;
}

/** Returns the secrets that are set by themselves and by their files. */
export function secretsSetTwice(
  settings: Readonly<Partial<Record<SecretName | `${SecretName}_FILE`, unknown>>>,
): readonly SecretName[] {
  return secrets.filter((name) => settings[name] !== undefined && settings[`${name}_FILE`] !== undefined);
}
