import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Opens a database in a process of its own, for which the driver is not installed. */
const program = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(name, context, next) {
      if (name === 'tedious') throw Object.assign(new Error('Cannot find it'), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(name, context);
    },
  });
  const { openMssqlDatabase } = await import(process.argv[1]);
  const authentication = { kind: 'password', user: 'daytrade', password: 'not sent' };
  await openMssqlDatabase({
    engine: 'mssql', host: '127.0.0.1', database: 'daytrade', authentication, tls: { kind: 'off' },
  }).catch((error) => console.log(error.code, error.message));
`;

it('says how to get the driver where it is not installed', () => {
  const module = new URL('./open.ts', import.meta.url).href;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program, module], { encoding: 'utf8' });
  expect(said).toBe(
    'settings.invalid SQL Server and Azure SQL: the package tedious is not installed: ' +
      'run "node scripts/install.mjs developer"\n',
  );
});
