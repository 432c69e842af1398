import { parseSettings } from '@daytrade/contracts';
import type { BackupPlace } from '@daytrade/storage/backup';
import { expect, it } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import { restoreHere } from './restore-here.ts';

/** Whatever is asked of it is one question too many. */
const untouched = new Proxy({}, { get: () => expect.fail('the place of backups was asked') }) as BackupPlace;

it.each([
  ['DAYTRADE_DATABASE_HOST', { DAYTRADE_DATABASE_HOST: 'db', DAYTRADE_DATABASE_PASSWORD: 'a-password' }],
  ['DAYTRADE_DATABASE_URL', { DAYTRADE_DATABASE_URL: 'sqlserver://day:a-password@db/daytrade' }],
])(
  'nothing is restored into a state folder while %s is set, and no password is shown',
  async (setting, environment) => {
    const context = { settings: parseSettings(environment) } as CommandContext;
    const choice = { id: undefined, replace: true, dryRun: false, withReplay: false };
    const refused = await restoreHere(context, untouched, choice).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'settings.invalid',
      message: `${setting} is set, and a restore goes into a state folder: run it without that setting`,
      details: { setting },
    });
    expect(JSON.stringify(refused)).not.toContain('a-password');
  },
);
