/** A SQL Server as a URL names it: `sqlserver://user:password@host:1433/database`. */
export interface DatabaseUrl {
  readonly host: string;
  readonly port: number | undefined;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** The parts of `DAYTRADE_DATABASE_URL`; undefined where it is none that can be used. */
export function databaseUrl(text: string): DatabaseUrl | undefined {
  if (!/^sqlserver:\/\/(?:[^/?#@]*@)?[\w.:[\]-]+(?:\/[^/?#;]*)?$/.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, port, pathname, username, password } = new URL(text);
  try {
    const part = (encoded: string) => (encoded === '' ? undefined : decodeURIComponent(encoded));
    return {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? undefined : Number(port),
      database: part(pathname.replace(/^\//, '')),
      user: part(username),
      password: part(password),
    };
  } catch {
    // A percent sign that begins no character.
    return undefined;
  }
}
