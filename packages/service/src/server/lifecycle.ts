/** Where a service stands between its start and its end. */
export class Lifecycle {
  readonly serviceName: string;
  readonly token: string | undefined;
  /** Whether its connections are encrypted. */
  readonly secure: boolean;
  #draining: Promise<void> | undefined;

  constructor(serviceName: string, token: string | undefined, secure: boolean) {
    this.serviceName = serviceName;
    this.token = token;
    this.secure = secure;
  }

  get draining(): boolean {
    return this.#draining !== undefined;
  }

  /** Begins the end, once: a second call waits for the first. */
  beginDrain(end: () => Promise<void>): Promise<void> {
    this.#draining ??= end();
    return this.#draining;
  }
}
