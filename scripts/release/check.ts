import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readVersion, setOutput } from './workflow.ts';

/** Fails where the tag, the version of the code and the changelog do not agree; else leaves the release's notes. */
export function checkRelease(root: string, tag: string): void {
  const version = readVersion(root);
  if (tag !== `v${version}`)
    throw new Error(`the tag is ${tag}, and package.json says ${version}: expected v${version}`);
  const notes = join(root, '.cache', 'release', 'notes.md');
  mkdirSync(join(notes, '..'), { recursive: true });
  writeFileSync(notes, findReleaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version));
  setOutput('version', version);
  setOutput('notes', notes);
}

/**
 * Returns the changelog's section of a version, below its heading, `## 0.1.0 – 2026-12-01`.
 * @throws Error when there is no such heading, or it has no date, or nothing stands under it
 */
export function findReleaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ## ${version}`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/ – \d{4}-\d{2}-\d{2}$/.test(heading)) {
    throw new Error(`CHANGELOG.md: ## ${heading}: expected its day, ## ${version} – YYYY-MM-DD`);
  }
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing under ## ${heading}`);
  return `${notes}\n`;
}
