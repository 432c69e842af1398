import { z } from 'zod';
import { absolute } from './setting-types.ts';

/** Says what an address should have been. */
export class AddressFault extends Error {}

const choice = <const Names extends readonly [string, ...string[]]>(name: string, names: Names) =>
  z.enum(names, `expected ${name} as one of ${names.join(', ')}`).default(names[0]);

const file = (name: string) => z.string().regex(absolute, `expected ${name} as an absolute path`).optional();

const poolSize = 'expected pool as a number from 1 to 200';
const databaseParameters = z.strictObject({
  sslmode: choice('sslmode', ['verify-full', 'disable']),
  /** File of the CA of the server's certificate; by default the well-known CAs. */
  sslrootcert: file('sslrootcert'),
  /** Most connections of a process. */
  pool: z.coerce.number(poolSize).int(poolSize).min(1, poolSize).max(200, poolSize).default(10),
});

/**
 * Reads the address of a database.
 *
 * @example databaseAddress('postgres://daytrade@db/prices?sslmode=verify-full&pool=10')
 * @throws AddressFault
 */
export function databaseAddress(text: string) {
  const form = 'expected postgres://USER@HOST:PORT/DATABASE, or sqlserver://USER@HOST:PORT/DATABASE';
  const { scheme, path, parameters, user = 'daytrade', ...server } = partsOf(text, form);
  if (!['postgres', 'postgresql', 'sqlserver'].includes(scheme) || path.includes('/')) throw new AddressFault(form);
  const engine = scheme === 'sqlserver' ? 'mssql' : 'postgres';
  const token = engine === 'mssql' ? 'azure-entra' : 'aws-iam';
  const authentications = { authentication: choice('authentication', ['password', token]) };
  const found = parametersOf(databaseParameters.extend(authentications), parameters);
  const { sslmode, sslrootcert: caFile, authentication, pool } = found;
  const isEncrypted = sslmode === 'verify-full';
  if (!isEncrypted && caFile !== undefined) throw new AddressFault('expected no sslrootcert with sslmode=disable');
  if (!isEncrypted && authentication !== 'password')
    throw new AddressFault(
      `expected sslmode=verify-full with authentication=${authentication}, whose token must not travel in clear`,
    );
  if (authentication !== 'password' && server.password !== undefined)
    throw new AddressFault(`expected no password with authentication=${authentication}`);
  return {
    engine,
    ...server,
    user,
    database: path === '' ? 'daytrade' : path,
    authentication,
    isEncrypted,
    caFile,
    pool,
  } as const;
}

const redisParameters = z.strictObject({
  /** Beginning of every key. */
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'expected prefix as 1 to 40 letters, digits, - or _')
    .default('daytrade'),
  authentication: choice('authentication', ['password', 'azure-entra']),
  ca: file('ca'),
});

/**
 * Reads the address of a Redis; `rediss` is Redis over TLS.
 *
 * @example redisServer('rediss://worker@cache:6380?prefix=daytrade&authentication=azure-entra')
 * @throws AddressFault
 */
export function redisServer(text: string) {
  const form = 'expected rediss://USER@HOST:PORT, or redis:// without TLS';
  const { scheme, path, parameters, port = 6379, ...server } = partsOf(text, form);
  if ((scheme !== 'redis' && scheme !== 'rediss') || path !== '') throw new AddressFault(form);
  const isEncrypted = scheme === 'rediss';
  const { ca: caFile, authentication, prefix } = parametersOf(redisParameters, parameters);
  if (!isEncrypted && caFile !== undefined) throw new AddressFault('expected rediss:// with ca');
  if (authentication === 'azure-entra' && (!isEncrypted || server.user === undefined || server.password !== undefined))
    throw new AddressFault('expected rediss://OBJECT-ID-OF-THE-IDENTITY@HOST with authentication=azure-entra');
  return { ...server, port, authentication, isEncrypted, caFile, prefix };
}

const objectParameters = z.strictObject({
  region: z.string().optional(),
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^/\s]/, 'expected endpoint as an http or https URL')
    .optional(),
});

/**
 * Reads where objects are kept. The prefix of a bucket is empty or ends in a slash.
 *
 * @example objectsAddress('s3://prices/production?region=ap-northeast-1')
 * @throws AddressFault
 */
export function objectsAddress(text: string) {
  const form =
    'expected folder, database, s3://BUCKET/PREFIX, or the URL of a container as ' +
    'https://example.blob.core.windows.net/objects';
  if (text === 'folder' || text === 'database') return { kind: text } as const;
  if (/^https:\/\/[^/?#\s@]+(?:\/[a-z0-9][a-z0-9-]*){1,2}$/.test(text))
    return { kind: 'azure-blob', url: text } as const;
  const { scheme, path, parameters, host: bucket, port, user } = partsOf(text, form);
  if (scheme !== 's3' || port !== undefined || user !== undefined) throw new AddressFault(form);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new AddressFault('expected a bucket name: 3 to 63 small letters, digits, dots or hyphens');
  if (!/^[\w!.*'()/-]*$/.test(path)) throw new AddressFault('expected a prefix of letters, digits and / . - _');
  const { region, endpoint } = parametersOf(objectParameters, parameters);
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
  return { kind: 's3', bucket, prefix, region, endpoint } as const;
}

/** Hides the password in an address. */
export function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^:@/?#]*:).*@/, '$1(hidden)@');
}

function partsOf(text: string, form: string) {
  if (!/^[a-z0-9]+:\/\/[^\s#;]+$/.test(text) || !URL.canParse(text)) throw new AddressFault(form);
  const { protocol, hostname, port, pathname, username, password, searchParams } = new URL(text);
  if (hostname === '') throw new AddressFault(form);
  const decoded = (part: string) => {
    try {
      return part === '' ? undefined : decodeURIComponent(part);
    } catch {
      // A percent sign that begins no character.
      throw new AddressFault(form);
    }
  };
  return {
    scheme: protocol.slice(0, -1),
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? undefined : Number(port),
    user: decoded(username),
    password: decoded(password),
    path: decoded(pathname.replace(/^\//, '')) ?? '',
    parameters: Object.fromEntries(searchParams),
  };
}

function parametersOf<Schema extends z.ZodObject>(schema: Schema, parameters: object): z.output<Schema> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code !== 'unrecognized_keys') throw new AddressFault(issue?.message);
  const known = Object.keys(schema.shape).join(', ');
  throw new AddressFault(`there is no parameter ${JSON.stringify(issue.keys[0])}: expected ${known}`);
}
