/** The database of `DAYTRADE_DATABASE_URL`. */
export interface DatabaseAddress {
  readonly engine: 'postgres' | 'mssql';
  readonly host: string;
  /** Undefined: the usual one of the engine. */
  readonly port: number | undefined;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** A password, a token of AWS IAM for PostgreSQL, or one of Entra for SQL Server. */
  readonly authentication: 'password' | 'aws-iam' | 'azure-entra';
  readonly isEncrypted: boolean;
  /** File of the CA of the server's certificate; undefined: the well-known CAs. */
  readonly caFile: string | undefined;
  /** Most connections of a process. */
  readonly pool: number;
}

/** The Redis of `DAYTRADE_REDIS_URL`. */
export interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly authentication: 'password' | 'azure-entra';
  readonly isEncrypted: boolean;
  readonly caFile: string | undefined;
  /** Beginning of every key. */
  readonly prefix: string;
}

/** The object store of `DAYTRADE_OBJECTS`. */
export type ObjectsAddress =
  | { readonly kind: 'folder' | 'database' }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Beginning of every key; empty, or ending in a slash. */
      readonly prefix: string;
      readonly region: string | undefined;
      readonly endpoint: string | undefined;
    }
  | { readonly kind: 'azure-blob'; readonly url: string };

/** Says what an address should have been. */
export class AddressFault extends Error {}

/**
 * Reads the address of a database.
 *
 * @example databaseAddress('postgres://daytrade@db/prices?sslmode=verify-full&pool=10')
 * @throws AddressFault
 */
export function databaseAddress(text: string): DatabaseAddress {
  const form = 'expected postgres://USER@HOST:PORT/DATABASE, or sqlserver://USER@HOST:PORT/DATABASE';
  const { scheme, path, parameters, ...server } = partsOf(text, form, [
    'sslmode',
    'sslrootcert',
    'authentication',
    'pool',
  ]);
  const engine =
    scheme === 'sqlserver' ? 'mssql' : scheme === 'postgres' || scheme === 'postgresql' ? 'postgres' : undefined;
  if (engine === undefined || path.includes('/')) throw new AddressFault(form);
  const token = engine === 'postgres' ? 'aws-iam' : 'azure-entra';
  const authentication = choice(parameters, 'authentication', ['password', token]);
  const isEncrypted = choice(parameters, 'sslmode', ['verify-full', 'disable']) === 'verify-full';
  const caFile = absolutePath(parameters, 'sslrootcert');
  if (!isEncrypted && caFile !== undefined) throw new AddressFault('expected no sslrootcert with sslmode=disable');
  if (!isEncrypted && authentication !== 'password')
    throw new AddressFault(
      `expected sslmode=verify-full with authentication=${authentication}, whose token must not travel in clear`,
    );
  if (authentication !== 'password' && server.password !== undefined)
    throw new AddressFault(`expected no password with authentication=${authentication}`);
  const pool = Number(parameters.get('pool') ?? 10);
  if (!Number.isInteger(pool) || pool < 1 || pool > 200)
    throw new AddressFault('expected pool as a number from 1 to 200');
  const user = server.user ?? 'daytrade';
  return {
    engine,
    ...server,
    user,
    database: path === '' ? 'daytrade' : path,
    authentication,
    isEncrypted,
    caFile,
    pool,
  };
}

/**
 * Reads the address of a Redis; `rediss` is Redis over TLS.
 *
 * @example redisServer('rediss://worker@cache:6380?prefix=daytrade&authentication=azure-entra')
 * @throws AddressFault
 */
export function redisServer(text: string): RedisServer {
  const form = 'expected rediss://USER@HOST:PORT, or redis:// without TLS';
  const { scheme, path, parameters, port = 6379, ...server } = partsOf(text, form, ['prefix', 'authentication', 'ca']);
  if ((scheme !== 'redis' && scheme !== 'rediss') || path !== '') throw new AddressFault(form);
  const isEncrypted = scheme === 'rediss';
  const authentication = choice(parameters, 'authentication', ['password', 'azure-entra']);
  const caFile = absolutePath(parameters, 'ca');
  if (!isEncrypted && caFile !== undefined) throw new AddressFault('expected rediss:// with ca');
  if (authentication === 'azure-entra' && (!isEncrypted || server.user === undefined || server.password !== undefined))
    throw new AddressFault('expected rediss://OBJECT-ID-OF-THE-IDENTITY@HOST with authentication=azure-entra');
  const prefix = parameters.get('prefix') ?? 'daytrade';
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(prefix))
    throw new AddressFault('expected prefix as 1 to 40 letters, digits, - or _');
  return { ...server, port, authentication, isEncrypted, caFile, prefix };
}

/**
 * Reads where objects are kept.
 *
 * @example objectsAddress('s3://prices/production?region=ap-northeast-1')
 * @throws AddressFault
 */
export function objectsAddress(text: string): ObjectsAddress {
  const form =
    'expected folder, database, s3://BUCKET/PREFIX, or the URL of a container as ' +
    'https://example.blob.core.windows.net/objects';
  if (text === 'folder' || text === 'database') return { kind: text };
  if (/^https:\/\/[^/?#\s@]+(?:\/[a-z0-9][a-z0-9-]*){1,2}$/.test(text)) return { kind: 'azure-blob', url: text };
  const { scheme, path, parameters, host, port, user } = partsOf(text, form, ['region', 'endpoint']);
  if (scheme !== 's3' || port !== undefined || user !== undefined) throw new AddressFault(form);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(host))
    throw new AddressFault('expected a bucket name: 3 to 63 small letters, digits, dots or hyphens');
  if (!/^[\w!.*'()/-]*$/.test(path)) throw new AddressFault('expected a prefix of letters, digits and / . - _');
  const endpoint = parameters.get('endpoint');
  if (endpoint !== undefined && !/^https?:\/\/[^/\s]/.test(endpoint))
    throw new AddressFault('expected endpoint as an http or https URL');
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
  return { kind: 's3', bucket: host, prefix, region: parameters.get('region'), endpoint };
}

/** Hides the password in an address. */
export function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^:@/?#]*:).*@/, '$1(hidden)@');
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function partsOf(text: string, form: string, known: readonly string[]): Parts {
  if (!/^[a-z0-9]+:\/\/[^\s#;]+$/.test(text) || !URL.canParse(text)) throw new AddressFault(form);
  const { protocol, hostname, port, pathname, username, password, searchParams } = new URL(text);
  if (hostname === '') throw new AddressFault(form);
  const unknown = [...searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AddressFault(`there is no parameter ${JSON.stringify(unknown)}: expected ${known.join(', ')}`);
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
    parameters: new Map(searchParams),
  };
}

function choice<Name extends string>(
  parameters: Parts['parameters'],
  name: string,
  names: readonly [Name, ...Name[]],
): Name {
  const given = parameters.get(name);
  const found = given === undefined ? names[0] : names.find((one) => one === given);
  if (found !== undefined) return found;
  throw new AddressFault(`expected ${name} as one of ${names.join(', ')}`);
}

function absolutePath(parameters: Parts['parameters'], name: string): string | undefined {
  const path = parameters.get(name);
  if (path === undefined || /^(?:\/|[A-Za-z]:[\\/])/.test(path)) return path;
  throw new AddressFault(`expected ${name} as an absolute path`);
}
