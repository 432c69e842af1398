import { connect } from '../../packages/deployment/src/cloud-cluster.ts';
import { namespaces, type Target } from '../../packages/deployment/src/targets.ts';
import { summarise, surroundings } from './workflow.ts';

/** What the month's review looks at, each a command of the platform. */
const questions = [
  ['reports', 'list'],
  ['reports', 'show'],
  ['models', 'list'],
] as const;

/** Asks a running platform how well it predicts, in the pod of its page, and shows the answers. */
export async function report(target: Target): Promise<void> {
  await connect(surroundings, target);
  const place = ['--namespace', namespaces[target.environment], 'exec', 'deploy/dashboard', '--'];
  for (const question of questions) {
    const answer = await surroundings.programs.read('kubectl', [...place, 'node', 'bundle/main.mjs', ...question]);
    summarise(`### daytrade ${question.join(' ')}\n\n\`\`\`\n${answer.trimEnd()}\n\`\`\`\n`);
  }
}
