import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../running-process.ts';
import { readDeclarations } from './declarations.ts';

/** Checks the declarations of a cloud, and that its README has the specification's commands and names what there is. */
export function describeReadme(cloud: 'aws' | 'azure', commands: readonly string[]): void {
  const root = join(repositoryRoot, 'infrastructure', 'terraform', cloud);
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const declarations = readDeclarations(root);
  const variables = declarations.filter(({ kind }) => kind === 'variable');

  describe('the declarations', () => {
    it('have a type and a description each, and rules wherever a value can be wrong', () => {
      expect(variables.length).toBeGreaterThan(40);
      expect(declarations.filter(({ description }) => (description ?? '').length < 10)).toEqual([]);
      expect(variables.filter(({ type }) => type === undefined || type === 'any')).toEqual([]);
      expect(variables.filter(({ type, validations }) => type !== 'bool' && validations === 0)).toEqual([]);
    });

    it('demand nothing but the environment', () => {
      const demanded = variables.filter((variable) => variable.default === undefined);
      expect(demanded.map(({ name }) => name)).toEqual(['environment']);
    });
  });

  describe('README.md', () => {
    it.each(commands)('gives the specification’s command: %s', (command) => {
      expect(text).toContain(command);
    });

    it('names only outputs that there are', () => {
      const named = [...text.matchAll(/terraform output (?:-raw |-json )?(\w+)/g)].map(([, name = '']) => name);
      const outputs = declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
      expect(named.length).toBeGreaterThan(3);
      expect(named.filter((name) => !outputs.includes(name))).toEqual([]);
    });
  });
}
