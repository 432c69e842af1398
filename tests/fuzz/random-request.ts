/** A request as it is sent. */
export interface RandomRequest {
  readonly method: string;
  /** Path with its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A route that requests are made for, out of the description of an API. */
export interface KnownRoute {
  readonly method: string;
  /** For example `/v1/bars/{symbol}`. */
  readonly path: string;
  readonly queryNames: readonly string[];
  readonly bodyNames: readonly string[];
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: unknown;
}

/** The routes of an OpenAPI document. */
export function routesOf(document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}): KnownRoute[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      queryNames: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      bodyNames: [...JSON.stringify(requestBody ?? {}).matchAll(/"(\w+)":\{"(?:type|anyOf|default|description)"/g)].map(
        ([, name]) => name as string,
      ),
    })),
  );
}

const methods = ['GET', 'GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'];
const strangeTexts = [
  '',
  ' ',
  '\0',
  '\u001b[2J',
  '\ud800',
  '\u202e',
  '💹',
  '../../etc/passwd',
  '/etc/passwd',
  '/dev/zero',
  "' OR 1=1 --",
  '__proto__',
  'constructor',
  'latest',
  'all',
  'x'.repeat(5_000),
  '0102',
  '7203',
  '01020',
  '0102.T',
  '2026-11-24',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '2031-01-01',
  '5m',
  'fetch',
  'training',
  'succeeded',
  'date-invalid',
  'csv',
  'synthetic',
];
const strangeNumbers = [0, -0, 1, -1, 0.5, 7, 501, 10_001, 1e21, -1e21, 1e308, 2 ** 31, 2 ** 53, 2 ** 63, 5e-324];
const encodings = ['%00', '%', '%zz', '%ED%A0%80', '%2e%2e%2f', '%2F', '%5c', '%0d%0aX:1', '+', '%C0%AF', ';', '%25'];
const headerPool: readonly (readonly [string, readonly string[]])[] = [
  ['content-type', ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/xml', '/', '']],
  ['accept', ['*/*', 'text/html', 'application/json;q=0', 'x'.repeat(2_000)]],
  ['accept-encoding', ['gzip', 'br', 'identity;q=0', '*;q=0', 'gzip;q=zz']],
  ['if-none-match', ['*', '"a"', 'W/"a", "b"', '"'.repeat(100)]],
  ['if-modified-since', ['Thu, 01 Jan 1970 00:00:00 GMT', 'soon']],
  ['range', ['bytes=0-1', 'bytes=-1', 'bytes=9-1', 'lines=1']],
  ['cache-control', ['no-cache', 'only-if-cached', 'max-age=-1']],
  ['x-request-id', ['a', 'x'.repeat(200), '"']],
  ['traceparent', ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00', 'zz']],
  ['origin', ['null', 'https://elsewhere.example']],
  ['sec-fetch-site', ['cross-site', 'none']],
  ['authorization', ['Bearer', 'Bearer guess', 'Basic YTpi']],
  ['expect', ['100-continue', 'tea']],
  ['host', ['localhost', '127.0.0.1:1', 'elsewhere.example', '[::1]', '[', 'localhost:99999']],
  ['content-length', ['0', '1', '99999999999']],
];

/** Makes requests that nobody should send: the same ones for the same source of random numbers. */
export class RandomRequests {
  readonly #random: () => number;
  readonly #routes: readonly KnownRoute[];

  /**
   * @param random uniform in [0, 1)
   * @param routes what to aim at; some requests miss on purpose
   */
  constructor(random: () => number, routes: readonly KnownRoute[]) {
    this.#random = random;
    this.#routes = routes;
  }

  next(): RandomRequest {
    const route = this.#one(this.#routes);
    const method = this.#chance(0.7) ? route.method : this.#one(methods);
    const hasBody = this.#chance(method === 'GET' ? 0.05 : 0.8);
    const body = hasBody ? this.#body(route) : undefined;
    const headers: Record<string, string> = hasBody && this.#chance(0.9) ? { 'content-type': 'application/json' } : {};
    while (this.#chance(0.3)) {
      const [name, values] = this.#one(headerPool);
      headers[name] = this.#one(values);
    }
    return { method, target: this.#target(route), headers, body };
  }

  /** The bytes of a request; some are not HTTP. */
  bytes({ method, target, headers, body }: RandomRequest, host: string): Buffer {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { host, connection: 'close', ...length, ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const bytes = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
    while (this.#chance(0.05)) bytes[this.#below(Math.min(bytes.length, 300))] = this.#below(256);
    return this.#chance(0.02) ? bytes.subarray(0, this.#below(bytes.length)) : bytes;
  }

  #target(route: KnownRoute): string {
    const segments = route.path.split('/').map((segment) => (segment.startsWith('{') ? this.#segment() : segment));
    if (this.#chance(0.05)) segments.splice(this.#below(segments.length + 1), 1, this.#segment());
    const path = segments.join('/') || '/';
    const parameters: string[] = [];
    while (this.#chance(0.5)) {
      const name = this.#chance(0.9) && route.queryNames.length > 0 ? this.#one(route.queryNames) : this.#segment();
      parameters.push(this.#chance(0.95) ? `${name}=${this.#segment()}` : name);
    }
    const target = parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
    return target.startsWith('/') ? target : `/${target}`;
  }

  #segment(): string {
    if (this.#chance(0.2)) return this.#one(encodings);
    if (this.#chance(0.2)) return encodeURIComponent(String(this.#one(strangeNumbers)));
    return encodeURIComponent(this.#one(strangeTexts).toWellFormed());
  }

  #body(route: KnownRoute): string {
    if (this.#chance(0.05)) return '['.repeat(this.#below(20_000));
    if (this.#chance(0.03)) {
      const depth = this.#below(10_000);
      return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    }
    if (this.#chance(0.02)) return `{"symbols":[${'0,'.repeat(this.#below(40_000))}0]}`;
    const text = JSON.stringify(this.#chance(0.85) ? this.#object(route, 0) : this.#value(route, 0)) ?? '';
    if (!this.#chance(0.15)) return text;
    const at = this.#below(text.length + 1);
    return (
      text.slice(0, at) + this.#one(['', '"', '}', ',', '\\u0000', 'NaN', '"__proto__":1,', '\t']) + text.slice(at + 1)
    );
  }

  #object(route: KnownRoute, depth: number): Record<string, unknown> {
    const fields: [string, unknown][] = [];
    while (this.#chance(0.65)) {
      const known = this.#chance(0.85) && route.bodyNames.length > 0;
      fields.push([known ? this.#one(route.bodyNames) : this.#one(strangeTexts), this.#value(route, depth + 1)]);
    }
    return Object.fromEntries(fields);
  }

  #value(route: KnownRoute, depth: number): unknown {
    const kind = this.#below(depth > 4 ? 4 : 6);
    if (kind === 0) return this.#one([null, true, false]);
    if (kind === 1) return this.#one(strangeNumbers);
    if (kind < 4) return this.#one(strangeTexts);
    if (kind === 4) return this.#object(route, depth);
    return Array.from({ length: this.#below(4) }, () => this.#value(route, depth + 1));
  }

  #one<Value>(values: readonly Value[]): Value {
    return values[this.#below(values.length)] as Value;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }
}
