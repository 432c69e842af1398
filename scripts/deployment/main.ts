#!/usr/bin/env node
import { applyPlan } from '../../packages/deployment/src/plan.ts';
import { readTarget } from '../../packages/deployment/src/targets.ts';
import { checkApproval } from './approval.ts';
import { drift } from './drift.ts';
import { prepareImage, pushImage } from './image.ts';
import { plan } from './plan.ts';
import { report } from './report.ts';
import { restoreDrill } from './restore-drill.ts';
import { rememberRevision, rollBack, rollOut } from './roll-out.ts';
import { type Given, needed, runStep } from './run-step.ts';
import { surroundings } from './workflow.ts';

const help = `The steps of a deployment, as .github/workflows run them.

Usage: node scripts/deployment/main.ts STEP --environment ENVIRONMENT --cloud CLOUD [options]

  check-approval            fails where nobody would be asked before the plan is applied
  plan                      plans, has the guard judge it, gives its SHA-256
  apply --sha256 HASH       applies the plan of that hash
  drift                     fails where the environment is not what its code says
  image                     builds this commit's image, or fetches it from the registry
  push --tagged NAME        pushes it, gives its digest
  revision                  gives the revision of the release that serves now
  roll-out --digest DIGEST  migrates, upgrades, waits, tests
  roll-back [--revision N]  goes back to that revision where another one was begun
  report                    asks the platform for its reports and models
  restore-drill             makes a backup and replaces the database by it; not in production

  --environment             development, staging or production
  --cloud                   aws or azure
  --help                    this text

They run terraform, aws or az, buildah, skopeo, kubectl and helm, and show each command. Exit code: 0 done, 1 not.
`;

const targetOf = ({ environment, cloud }: Given) => readTarget(environment, cloud);

await runStep({
  name: 'deployment',
  help,
  options: ['environment', 'cloud', 'sha256', 'tagged', 'digest', 'revision'],
  steps: {
    'check-approval': (given) => checkApproval(targetOf(given)),
    plan: (given) => plan(targetOf(given)),
    apply: (given) => applyPlan(surroundings, targetOf(given), needed(given, 'sha256')),
    drift: (given) => drift(targetOf(given)),
    image: (given) => prepareImage(targetOf(given)),
    push: (given) => {
      targetOf(given);
      return pushImage(needed(given, 'tagged'));
    },
    revision: (given) => rememberRevision(targetOf(given)),
    'roll-out': (given) => rollOut(targetOf(given), needed(given, 'digest')),
    'roll-back': (given) => rollBack(targetOf(given), given.revision ?? ''),
    report: (given) => report(targetOf(given)),
    'restore-drill': (given) => restoreDrill(targetOf(given)),
  },
});
