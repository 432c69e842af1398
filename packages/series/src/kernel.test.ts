import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..', 'kernel');

describe('the kernel', () => {
  it('is what its source compiles to: npm run build:kernels', async () => {
    let compiled: string | Uint8Array = '';
    const { error } = await compile(['--config', join(folder, 'asconfig.json')], {
      writeFile: (_name, contents) => {
        compiled = contents;
      },
    });
    expect(error).toBeNull();
    expect(readFileSync(join(import.meta.dirname, 'kernel.wasm')).equals(Buffer.from(compiled))).toBe(true);
  });
});
