import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { figure } from '../figure.ts';
import { repositoryRoot } from '../running-process.ts';
import { step } from '../steps.ts';
import { problemOf, readWaivers, waiversIn } from '../waivers.ts';
import { checkov, settingsOf } from './checkov.ts';
import { environmentNames } from './declarations.ts';

const mostWaivers = 15;
const today = new Date().toISOString().slice(0, 10);

/** A line of `skip-check` whose policy is not given up: one of ours in a file stands for it. */
const replacement = /^ {2}- CKV2?_[A-Z]+_(\d+) # replaced by (policies\/[\w-]+\.yaml)$/;
/** Any other line of it: a waiver for every resource of a kind, with its reason. */
const waiverForm = /^ {2}- (CKV2?_\w+)(?! # replaced by)\s*(?:#\s*(.*))?$/;

/** What checkov says of a folder of Terraform code in each environment, and what it is kept from saying. */
export function describePolicies(cloud: 'aws' | 'azure', atLeast: number): void {
  const folder = join(repositoryRoot, 'infrastructure', 'terraform', cloud);
  const settings = settingsOf(folder);
  const lines = settings === undefined ? '' : readFileSync(settings, 'utf8');
  const replacements = lines.split('\n').flatMap((line) => {
    const [, number = '', file = ''] = replacement.exec(line) ?? [];
    if (file === '') return [];
    const text = readFileSync(join(folder, file), 'utf8');
    return [{ number, text, id: /^ {2}id: (\w+)$/m.exec(text)?.[1] ?? `${file} has no id` }];
  });

  it.each(environmentNames)('breaks no policy of checkov in %s', async (environment) => {
    const { results, summary } = await step(`checkov for ${environment}`, () =>
      checkov(folder, [`${environment}.tfvars`]),
    );
    figure(
      `${cloud}: checkov for ${environment}`,
      `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} waived`,
    );
    expect(results.parsing_errors).toEqual([]);
    const failed = results.failed_checks.map((check) => `${check.check_id} ${check.resource}: ${check.check_name}`);
    expect(failed).toEqual([]);
    expect(summary.passed).toBeGreaterThan(atLeast);
    // A policy of ours that is about nothing would pass as well.
    const followed = new Set(results.passed_checks.map((check) => check.check_id));
    expect(replacements.map(({ id }) => id).filter((id) => !followed.has(id))).toEqual([]);
  });

  it(`has at most ${mostWaivers} waivers, each with a reason and a day on which it ends`, () => {
    const waivers = [...readWaivers(folder), ...waiversIn(lines, '.checkov.yaml', [waiverForm])];
    figure(`${cloud}: policy waivers`, waivers.length);
    for (const { id, where, reason } of waivers) console.log(`waived: ${id} at ${where}: ${reason}`);
    expect(waivers.length).toBeLessThanOrEqual(mostWaivers);
    expect(waivers.flatMap((waiver) => problemOf(waiver, today) ?? [])).toEqual([]);
    // Each policy of ours says which it stands for.
    expect(replacements.filter(({ number, text }) => !text.includes(number))).toEqual([]);
  });
}
