#!/usr/bin/env node
// Stands in for the programs that a deployment calls, under the name that it is called by. Each call is a line of
// $STAND_IN/calls; the release's history is kept beside it. It shows that the script calls them in the right order
// with the right arguments, not that they would do as asked.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = process.env.STAND_IN;
const name = basename(process.argv[1]);
const args = process.argv.slice(2);
const command = [name, ...args].join(' ');
appendFileSync(join(folder, 'calls'), `${command}\n`);
const broken = process.env.STAND_IN_BREAKS;
if (broken && command.includes(broken)) {
  console.error(`stand-in: ${command} fails, as it was asked to`);
  process.exit(1);
}

const chdir = args.find((arg) => arg.startsWith('-chdir='))?.slice('-chdir='.length) ?? '.';
const outputs = JSON.parse(readFileSync(join(folder, 'outputs.json'), 'utf8'));
const historyFile = join(folder, 'history.json');
const history = JSON.parse(
  existsSync(historyFile) ? readFileSync(historyFile, 'utf8') : (outputs.history?.value ?? '[]'),
);

/** A new revision of the release, which takes the place of the one before where it is whole. */
function addRevision(status) {
  const old = status === 'deployed' ? history.map((entry) => ({ ...entry, status: 'superseded' })) : history;
  writeFileSync(historyFile, JSON.stringify([...old, { revision: history.length + 1, status }]));
}

const answers = {
  terraform: {
    init: () => undefined,
    plan() {
      const out = args.find((arg) => arg.startsWith('-out='))?.slice('-out='.length);
      if (out) writeFileSync(join(chdir, out), 'a plan');
      process.exitCode = args.includes('-detailed-exitcode') ? 2 : 0;
    },
    show() {
      const changes = (outputs.changes?.value ?? []).map((address) => ({ address, change: { actions: ['update'] } }));
      console.log(JSON.stringify({ format_version: '1.2', resource_changes: changes }));
    },
    apply: () => undefined,
    output() {
      const found = outputs[args.at(-1)];
      if (!args.includes('-raw')) return console.log(JSON.stringify(found?.value ?? outputs));
      if (found === undefined) process.exit(1);
      process.stdout.write(found.value);
    },
  },
  aws: {
    eks: () => undefined,
    ecs: () => console.log(args.includes('describe-task-definition') ? outputs.running.value : 'definition'),
  },
  skopeo: {
    // The registry has the image once it was imported.
    inspect() {
      if (readFileSync(join(folder, 'calls'), 'utf8').includes('az acr import')) return console.log('sha256:abc');
      console.error('reading manifest commit: manifest unknown');
      process.exitCode = 1;
    },
  },
  az: {
    acr: () => (args.includes('list') ? console.log('staging.azurecr.io') : undefined),
    aks: () => undefined,
    // No group waits or is unhealthy.
    container: () => undefined,
    network: () => undefined,
    keyvault: () => console.log('secret'),
  },
  sleep: { 10: () => undefined },
  kubelogin: { 'convert-kubeconfig': () => undefined },
  kubectl: {
    // Nothing else is there, which is not an error with --ignore-not-found.
    get() {
      if (args.includes('cronjob') && outputs.backup !== undefined) console.log(outputs.backup.value);
      if (args.includes('deployment') && outputs.worker !== undefined) console.log(outputs.worker.value);
      if (args.includes('--ignore-not-found')) return;
      if (args.includes('jsonpath={.spec.replicas}')) console.log('2');
      else process.exitCode = 1;
    },
    create() {
      if (args.includes('-')) writeFileSync(join(folder, 'created'), readFileSync(0));
      if (args.includes('name')) console.log('job.batch/restore-abcde');
    },
    apply: () => void readFileSync(0),
    wait: () => undefined,
    logs: () => undefined,
    scale: () => undefined,
    exec: () => console.log('an answer of the platform'),
  },
  helm: {
    history() {
      if (history.length > 0) return console.log(JSON.stringify(history));
      console.error('Error: release: not found');
      process.exitCode = 1;
    },
    upgrade: () => (args.includes('--help') ? console.log('--rollback-on-failure') : addRevision('deployed')),
    rollback: () => addRevision('deployed'),
    test: () => undefined,
  },
};
const [verb] = args.filter(
  (arg, index) => !/^(?:-chdir=.*|--namespace)$/.test(arg) && args[index - 1] !== '--namespace',
);
answers[name][verb]();
