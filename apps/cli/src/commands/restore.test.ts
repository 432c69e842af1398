import { parseSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { restoreCommand } from './restore.ts';

it.each(['postgres', 'sqlserver'])('a restore is refused while %s is set, and shows no password', async (engine) => {
  const setting = 'DAYTRADE_DATABASE_URL';
  const context = {
    settings: parseSettings({ [setting]: `${engine}://day:a-password@db/daytrade` }),
  } as CommandContext;
  const options = { from: '/nowhere', replace: true };
  const refused = await Promise.resolve(restoreCommand.run(context, { args: [], options })).catch((error) => error);
  expect(refused).toMatchObject({
    code: 'settings.invalid',
    message: `${setting} is set, and a restore goes into a state folder: run it without that setting`,
  });
  expect(JSON.stringify(refused)).not.toContain('a-password');
});
