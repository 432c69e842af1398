/** How Redis is reached. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** In place of a password: asked for each connection, and again before a token ends. */
  readonly token?: (() => Promise<RedisToken>) | undefined;
  /** Over TLS with a verified certificate; absent: in clear. */
  readonly tls?: RedisTls | undefined;
}

/** A password that ends. */
export interface RedisToken {
  readonly password: string;
  /** Milliseconds until then. */
  readonly livesMs: number;
}

export interface RedisTls {
  /** Certificates of the authorities that are trusted, PEM; the well-known ones where it is left out. */
  readonly ca?: string | undefined;
}
