/** Reads one HTTP/1.1 answer that says its length, piece by piece as it comes. */
export class AnswerReader {
  #head = '';
  /** Bytes of the body that are still to come; known once the head is there. */
  #missing: number | undefined;
  #status = 0;
  #keepsAlive = false;

  /** @returns true once the answer is whole. @throws Error when it does not begin as an answer with a length does */
  read(bytes: Buffer): boolean {
    if (this.#missing !== undefined) {
      this.#missing -= bytes.length;
      return this.#missing <= 0;
    }
    this.#head += bytes.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = this.#head.slice(0, end);
    const length = /^content-length: *(\d+)$/im.exec(head)?.[1];
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
    if (length === undefined || status === undefined) throw new Error(`no answer with a length: ${head.slice(0, 80)}`);
    this.#status = Number(status);
    this.#keepsAlive = !/^connection: *close$/im.test(head);
    this.#missing = Number(length) - (this.#head.length - end - 4);
    return this.#missing <= 0;
  }

  get begun(): boolean {
    return this.#head !== '';
  }

  get status(): number {
    return this.#status;
  }

  /** Whether the server takes another request on the same connection. */
  get keepsAlive(): boolean {
    return this.#keepsAlive;
  }
}
