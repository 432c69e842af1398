import type { DatabaseTls } from './trusted-authorities.ts';

export interface ServerOptions {
  readonly host: string;
  readonly port?: number | undefined;
  readonly database: string;
  readonly tls: DatabaseTls;
  /** Largest number of connections of this process; default 10. */
  readonly pool?: number | undefined;
  /** Connect timeout in seconds; default 5. */
  readonly connectSeconds?: number | undefined;
  /** Statement timeout in seconds; default 30. */
  readonly statementSeconds?: number | undefined;
}

export type WithDefaults<Options extends ServerOptions> = Options & {
  readonly port: number;
  readonly pool: number;
  readonly connectSeconds: number;
  readonly statementSeconds: number;
};

export function withDefaults<Options extends ServerOptions>(
  options: Options,
  usualPort: number,
): WithDefaults<Options> {
  const { port = usualPort, pool = 10, connectSeconds = 5, statementSeconds = 30 } = options;
  return { ...options, port, pool, connectSeconds, statementSeconds };
}
