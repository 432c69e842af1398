import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openPGliteDatabase } from './pglite-database.ts';

it('a folder that is no database is refused with its name, and left as it is', async () => {
  const folder = join(await temporaryFolder(), 'database');
  await mkdir(folder);
  await writeFile(join(folder, 'PG_VERSION'), 'garbage');
  await expect(openPGliteDatabase(folder)).rejects.toMatchObject({
    code: 'state.damaged',
    message: expect.stringContaining(folder),
  });
});
