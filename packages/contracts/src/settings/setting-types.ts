import { z } from 'zod';

/** A whole number from the environment, with the default that holds where it is not set. */
export const wholeSetting = (fallback: number, range: { readonly min: number; readonly max: number }) =>
  z.coerce.number().int().min(range.min).max(range.max).default(fallback);

/** Seconds until something is ended. */
export const drainSeconds = (fallback: number, description: string) =>
  z.coerce.number().min(0).max(600).default(fallback).meta({ description, unit: 'seconds' });

/** The beginning of a path that does not depend on the folder of a process. */
export const absolute = /^(?:\/|[A-Za-z]:[\\/])/;

export const absolutePath = (description: string) =>
  z.string().regex(absolute, 'expected an absolute path').optional().meta({ description, unit: 'path' });

export const filePath = (what: string) => z.string().min(1).optional().meta({ description: what, unit: 'path' });

/** A value that is never shown. */
export const secret = (what: string) =>
  z.string().min(1).optional().meta({ description: what, unit: 'secret', secret: true });

/** A provider's answers are trusted, and its key is sent, so only loopback may be unencrypted. */
const address =
  /^(?:https:\/\/[\w.:[\]-]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?)(?:\/[\w./~-]*)?$/i;

export const providerAddress = (usual: string, what: string) =>
  z
    .string()
    .regex(address, 'expected an https URL without user, query or fragment; http on loopback alone')
    .default(usual)
    .meta({ description: what, unit: 'URL' });

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
  'DAYTRADE_KABU_PASSWORD',
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

/** Returns whether a setting is set, a secret by itself or by its file. */
export function isSet(settings: Readonly<Record<string, unknown>>, name: string): boolean {
  return settings[name] !== undefined || settings[`${name}_FILE`] !== undefined;
}

export function secretsSetTwice(
  settings: Readonly<Partial<Record<SecretName | `${SecretName}_FILE`, unknown>>>,
): readonly SecretName[] {
  return secrets.filter((name) => settings[name] !== undefined && settings[`${name}_FILE`] !== undefined);
}
