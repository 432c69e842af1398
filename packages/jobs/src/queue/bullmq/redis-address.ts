/** How Redis is reached. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Over TLS with a verified certificate; absent: in clear. */
  readonly tls?: RedisTls | undefined;
}

export interface RedisTls {
  /** Certificates of the authorities that are trusted, PEM; the well-known ones where it is left out. */
  readonly ca?: string | undefined;
}
