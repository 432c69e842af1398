import { Programs } from '@daytrade/deployment';
import { expect, it } from 'vitest';
import { releaseForTest } from './release.fixture.ts';

/** In the place of a cluster, as far as it has one namespace. */
class OneNamespace extends Programs {
  readonly calls: string[] = [];
  namespace = '';

  constructor() {
    super({ onCommand: () => undefined, onOutput: () => undefined });
  }

  override async read(program: string, args: readonly string[], { input = '' } = {}): Promise<string> {
    this.calls.push([program, ...args].join(' '));
    if (args.includes('create')) this.namespace = input;
    if (args.includes('delete')) this.namespace = '';
    return args.includes('get') ? this.namespace : '';
  }
}

it('takes the namespace of a rehearsal that is gone, and none of one that is under way', async () => {
  const programs = new OneNamespace();
  await releaseForTest(programs, 1, [1]).makeNamespace();
  const first = programs.namespace;
  const second = releaseForTest(programs, 2, [1, 2]);
  await expect(second.makeNamespace()).rejects.toThrow('process 1 on here rehearses in the namespace rehearsed since');
  await expect(second.removeNamespace(second.kubectl)).rejects.toThrow('by --namespace');
  expect(programs.namespace).toBe(first);
  await releaseForTest(programs, 2, [2]).makeNamespace();
  expect(programs.namespace).not.toBe(first);
  await second.removeNamespace(second.kubectl);
  expect(programs.namespace).toBe('');
});

it('touches no namespace that no rehearsal made', async () => {
  const programs = new OneNamespace();
  programs.namespace = '{ "metadata": { "name": "rehearsed" } }';
  await expect(releaseForTest(programs, 1, []).makeNamespace()).rejects.toThrow('was not made by a rehearsal');
  expect(programs.calls.join()).not.toContain('delete');
});

it('stays with the context that it began with, whatever kubeconfig chooses meanwhile', async () => {
  const programs = new OneNamespace();
  await releaseForTest(programs, 1, []).makeNamespace();
  expect(programs.calls.every((call) => call.startsWith('kubectl --context own '))).toBe(true);
});
