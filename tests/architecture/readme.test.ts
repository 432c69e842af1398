import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { everyCommand, fullName } from '../../apps/cli/src/define-command.ts';
import { loadProgram } from '../../apps/cli/src/program.ts';
import { manuals, readmeCommands, readmeNames, readmeShape, readmes } from '../support/readme-commands.ts';

const root = join(import.meta.dirname, '..', '..');
const commands = everyCommand(await loadProgram([], async () => undefined)).map((command) => fullName(command));
/** Those that do something, not the groups that hold them. */
const commandsToRun = commands.filter((command) => !commands.some((other) => other.startsWith(`${command} `)));
/** The routes of the services: `/v1/bars/:symbol`. */
const paths = Object.values(routes).map(({ path }) => path as string);
const methodsAndRoutes = Object.values(routes).map(({ method, path }) => `${method} ${path}`);

describe('the README', () => {
  it.each(manuals)('%s has every noun in its table of commands, and only commands that there are', (name) => {
    const listed = commandsOfTheTable(name);
    expect(listed.filter((command) => !commandsToRun.map(withoutPart).includes(command))).toEqual([]);
    const nouns = (all: readonly string[]) =>
      [...new Set(all.map((command) => command.split(' ')[1] ?? ''))].toSorted();
    expect(nouns(listed)).toEqual(nouns(commandsToRun));
  });

  it.each([...readmes, ...manuals])('%s calls only commands that there are, by their path in a clone', (name) => {
    const called = [...readmeCommands(name).flat(), ...readmeNames(name)].filter((line) => /\bdaytrade\b/.test(line));
    expect(called.length).toBeGreaterThan(8);
    for (const line of called) {
      expect(line).toMatch(/^\.\/daytrade /);
      const words = line.split(' ').slice(1);
      expect(commands, line).toContain(`daytrade ${words[0]}`);
      const group = commands.filter((command) => command.startsWith(`daytrade ${words[0]} `));
      if (group.length > 0) expect(group, line).toContain(`daytrade ${words[0]} ${words[1]}`);
    }
  });

  it.each(manuals)('%s names only routes that there are', (name) => {
    const named = [...readmeNames(name)].filter((each) => each.startsWith('/v1/'));
    expect(named.length).toBeGreaterThan(10);
    for (const path of named) expect(paths).toContain(path.replace(/\?.*$/, '').replaceAll(/\{(\w+)\}/g, ':$1'));
  });

  it.each(manuals)('%s names with each route of its table a method that the route takes', (name) => {
    const rows = readFileSync(join(root, name), 'utf8').matchAll(/^\|.*`\/v1\/.*$/gm);
    const named = [...rows].flatMap(([row]) => {
      let method = 'no method';
      return [...row.matchAll(/\b(GET|POST|PUT|DELETE)\b|`(\/v1\/[^`?]+)/g)].flatMap(([, said, path]) => {
        method = said ?? method;
        return path === undefined ? [] : [`${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`];
      });
    });
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((each) => !methodsAndRoutes.includes(each))).toEqual([]);
  });
});

/** The commands of the table: in a row, a name that is not a command by itself belongs to the group before it. */
function commandsOfTheTable(name: (typeof manuals)[number]): string[] {
  const rows = readmeShape(name).flatMap(({ cells }) => (cells.length === 2 ? [cells[0] as readonly string[]] : []));
  return rows.flatMap((named) => {
    let group: string[] = [];
    return named.map((each) => {
      const words = each.split(' ').filter((word) => !/^[A-Z]+$/.test(word));
      if (words.length > 1) group = words.slice(0, 1);
      return ['daytrade', ...(words.length > 1 ? [] : group), ...words].join(' ');
    });
  });
}

/** `serve PART` stands in the table for every part. */
function withoutPart(command: string): string {
  return command.replace(/^(daytrade serve) .+$/, '$1');
}
