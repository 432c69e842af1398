import { join } from 'node:path';
import { files, textOf } from '../workflow-files.ts';

/**
 * Arguments of act by which the actions of others, which are not fetched, give way to stand-ins: artefacts are kept in
 * a folder, and all others do nothing.
 * @param own folders of further stand-ins, by the name of the action that each is in the place of
 */
export function standInsForActions(own: Readonly<Record<string, string>> = {}): readonly string[] {
  const uses = files.flatMap((file) => [...textOf(file).matchAll(/uses: (([\w.-]+\/[\w.-]+)@[0-9a-f]{40})/g)]);
  const named = new Map(uses.map(([, use = '', name = '']) => [use, name]));
  return [...named].flatMap(([use, name]) => {
    const kept = /^actions\/(upload|download)-artifact$/.exec(name)?.[1] ?? 'nothing';
    return ['--local-repository', `${use}=${own[name] ?? join(import.meta.dirname, 'actions', kept)}`];
  });
}
