import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './ensure-built.ts';

/** All of the page's script, compressed, in bytes. */
const scriptBudget = 145_000;

let folder: string;
beforeAll(async () => {
  folder = await ensureBuilt();
});

const assets = (extension: string) =>
  readdirSync(join(folder, 'assets'))
    .filter((name) => name.endsWith(extension))
    .map((name) => readFileSync(join(folder, 'assets', name)));

describe('the built page', () => {
  it('is not built again while its sources are the same', async () => {
    const before = statSync(folder).mtimeMs;
    expect(await ensureBuilt()).toBe(folder);
    expect(statSync(folder).mtimeMs).toBe(before);
  });

  it('keeps its script within the budget', () => {
    const bytes = assets('.js').reduce((sum, script) => sum + gzipSync(script).length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(scriptBudget);
  });

  it('loads the charts only when one is shown', () => {
    const withCharts = assets('.js').filter((script) => /from ?["']\.\/scaffold-/.test(script.toString()));
    expect(withCharts).toHaveLength(2);
    expect(Math.max(...withCharts.map(({ length }) => length))).toBeLessThan(10_000);
  });

  it('has nothing inline that the security policy would have to allow', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/);
  });

  it('asks no other server for anything', () => {
    const styles = Buffer.concat(assets('.css')).toString();
    expect(styles).not.toMatch(/url\((?!["']?(?:\/assets\/|data:))/);
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});
