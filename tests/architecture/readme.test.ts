import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyCommand, fullName } from '../../apps/cli/src/define-command.ts';
import { buildProgram } from '../../apps/cli/src/program.ts';
import { readmeCommands, readmeNames, readmes } from '../support/readme-commands.ts';

const root = join(import.meta.dirname, '..', '..');
const commands = everyCommand(buildProgram(async () => undefined)).map((command) => fullName(command));
/** The routes of the services, as their source registers them: `/v1/bars/:symbol`. */
const routes = globSync('services/*/src/routes/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .flatMap((source) => [...source.matchAll(/'(\/v1\/[^']+)'/g)].map(([, path]) => path));

describe('the README', () => {
  it('has the same commands in both languages, in the same order', () => {
    expect(readmeCommands('README.ja.md')).toEqual(readmeCommands('README.md'));
    expect(readmeCommands('README.md').flat().length).toBeGreaterThan(10);
  });

  it('names the same commands, settings, folders and routes in both languages', () => {
    expect([...readmeNames('README.ja.md')].filter((name) => name !== 'docs/').toSorted()).toEqual(
      [...readmeNames('README.md')].toSorted(),
    );
  });

  it.each(readmes)('%s calls only commands that there are, by the path that there is after a clone', (name) => {
    const called = [...readmeCommands(name).flat(), ...readmeNames(name)].filter((line) => /\bdaytrade\b/.test(line));
    expect(called.length).toBeGreaterThan(10);
    for (const line of called) {
      expect(line).toMatch(/^\.\/daytrade /);
      const words = line.split(' ').slice(1);
      expect(commands, line).toContain(`daytrade ${words[0]}`);
      const group = commands.filter((command) => command.startsWith(`daytrade ${words[0]} `));
      if (group.length > 0) expect(group, line).toContain(`daytrade ${words[0]} ${words[1]}`);
    }
  });

  it.each(readmes)('%s names only routes that there are', (name) => {
    const named = [...readmeNames(name)].filter((each) => each.startsWith('/v1/'));
    expect(named.length).toBeGreaterThan(10);
    for (const path of named) expect(routes).toContain(path.replace(/\?.*$/, '').replaceAll(/\{(\w+)\}/g, ':$1'));
  });
});
