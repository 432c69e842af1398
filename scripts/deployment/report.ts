import { connect } from './cluster.ts';
import { read, summarise } from './programs.ts';
import { namespaces, type Target } from './targets.ts';

/** What the month's review looks at, each a command of the platform. */
const questions = [
  ['reports', 'list'],
  ['reports', 'show'],
  ['models', 'list'],
] as const;

/** Asks a running platform how well it predicts, in the pod of its page, and shows the answers. */
export function report(target: Target): void {
  connect(target);
  const place = ['--namespace', namespaces[target.environment], 'exec', 'deploy/dashboard', '--'];
  for (const question of questions) {
    const answer = read('kubectl', [...place, 'node', 'bundle/main.mjs', ...question]);
    summarise(`### daytrade ${question.join(' ')}\n\n\`\`\`\n${answer.trimEnd()}\n\`\`\`\n`);
  }
}
