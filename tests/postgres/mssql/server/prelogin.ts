/** Whether a server encrypts: always, or not at all. */
export type Encryption = 'required' | 'none';

const option = { version: 0, encryption: 1, instance: 2, thread: 3, mars: 4, entra: 6, end: 0xff } as const;
const encryptionIs = { on: 0x01, notSupported: 0x02, required: 0x03 } as const;

/** What a server says to the first message of a client (MS-TDS 2.2.6.5), and whether TLS follows. */
export function answerPrelogin(
  body: Buffer,
  encryption: Encryption,
): { readonly answer: Buffer; readonly encrypted: boolean } {
  const asked = optionsOf(body);
  const client = asked.get(option.encryption)?.[0];
  const wanted = client === encryptionIs.on || client === encryptionIs.required;
  const said = encryption === 'none' ? encryptionIs.notSupported : wanted ? encryptionIs.on : encryptionIs.required;
  const entra = asked.has(option.entra) ? [[option.entra, [1]] as const] : [];
  const answer = withOptions([
    [option.version, [16, 0, 0, 0, 0, 0]],
    [option.encryption, [said]],
    [option.instance, [0]],
    [option.thread, []],
    [option.mars, [0]],
    ...entra,
  ]);
  return { answer, encrypted: encryption === 'required' && wanted };
}

function optionsOf(body: Buffer): ReadonlyMap<number, Buffer> {
  const options = new Map<number, Buffer>();
  for (let at = 0; body[at] !== option.end; at += 5) {
    const start = body.readUInt16BE(at + 1);
    options.set(body.readUInt8(at), body.subarray(start, start + body.readUInt16BE(at + 3)));
  }
  return options;
}

function withOptions(options: readonly (readonly [kind: number, value: readonly number[]])[]): Buffer {
  const index = Buffer.alloc(5 * options.length + 1, option.end);
  let start = index.length;
  options.forEach(([kind, value], place) => {
    index.writeUInt8(kind, 5 * place);
    index.writeUInt16BE(start, 5 * place + 1);
    index.writeUInt16BE(value.length, 5 * place + 3);
    start += value.length;
  });
  return Buffer.concat([index, ...options.map(([, value]) => Buffer.from(value))]);
}
