import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Programs } from '../../packages/deployment/src/programs.ts';
import type { Surroundings } from '../../packages/deployment/src/surroundings.ts';

/** What a step of a workflow runs with: commands and what they write go to the log. */
export const surroundings: Surroundings = {
  root: join(import.meta.dirname, '..', '..'),
  programs: new Programs({
    onCommand: (command) => console.error(`+ ${command}`),
    onOutput: (text) => process.stderr.write(text),
  }),
  variables: process.env,
};

/** Gives a value to later steps and jobs of the workflow; outside of one it is shown. */
export function setOutput(name: string, value: string): void {
  const file = process.env.GITHUB_OUTPUT;
  if (file === undefined) console.log(`${name}=${value}`);
  else appendFileSync(file, `${name}=${value}\n`);
}

/** Adds Markdown to the page of the workflow's run; outside of one it is shown. */
export function summarise(text: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file === undefined) console.log(text);
  else appendFileSync(file, `${text}\n`);
}
