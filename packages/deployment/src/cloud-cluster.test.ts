import { expect, it } from 'vitest';
import { copySecrets } from './cloud-cluster.ts';
import { ProgramFailure, Programs, type RunOptions } from './programs.ts';

/** In the place of az and kubectl: a Key Vault, and a namespace with nothing in it. */
class StandIns extends Programs {
  readonly made: string[] = [];
  readonly #vault: Readonly<Record<string, string>>;

  constructor(vault: Readonly<Record<string, string>>) {
    super({ onCommand: () => undefined, onOutput: () => undefined });
    this.#vault = vault;
  }

  override async read(program: string, args: readonly string[]): Promise<string> {
    if (program === 'kubectl') return args[1] === 'namespace' ? 'namespace/day-trade\n' : '';
    const name = args[args.indexOf('--name') + 1] ?? '';
    const value = this.#vault[name];
    if (value === undefined) throw new ProgramFailure(`(SecretNotFound) ${name} was not found in this key vault`, '');
    return `${value}\n`;
  }

  override async run(_program: string, _args: readonly string[], { input = '' }: RunOptions = {}): Promise<number> {
    this.made.push(input);
    return 0;
  }
}

const target = { environment: 'production', cloud: 'azure' } as const;
const copied = async (vault: Readonly<Record<string, string>>, outputs: Readonly<Record<string, unknown>>) => {
  const programs = new StandIns(vault);
  await copySecrets(programs, target, { key_vault_name: 'dt-prod', ...outputs });
  return JSON.parse(programs.made[0] ?? '{}').stringData;
};

it('brings what Key Vault has of an environment with PostgreSQL', async () => {
  const vault = { token: 'a token', 'database-password': 'a password' };
  const outputs = { postgresql_host: 'day-trade.postgres.database.azure.com' };
  expect(await copied(vault, outputs)).toMatchObject(vault);
});

it('asks for no password of a database that Azure SQL is in the place of', async () => {
  const data = await copied({ token: 'a token' }, { sql_host: 'day-trade.database.windows.net' });
  expect(data).toMatchObject({ token: 'a token' });
  expect(data).not.toHaveProperty('database-password');
});
