import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/running-process.ts';

/** Where clones that are made here come from, as GitHub names it. */
export const githubRepository = 'example/day-trade';

/**
 * The files of this clone, committed or not, as a repository of their own.
 * @param paths which of them; all by default
 * @returns the commit
 */
export function copyClone(folder: string, paths: readonly string[] = ['.']): string {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...paths];
  for (const file of git(repositoryRoot, ...args)
    .trimEnd()
    .split('\n')) {
    if (existsSync(join(repositoryRoot, file))) cpSync(join(repositoryRoot, file), join(folder, file));
  }
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'remote', 'add', 'origin', `https://github.com/${githubRepository}.git`);
  return commitAll(folder, 'a clone');
}

/** Commits everything in a clone. @returns the commit */
export function commitAll(folder: string, message: string): string {
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', `--message=${message}`);
  return git(folder, 'rev-parse', 'HEAD').trim();
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
}
