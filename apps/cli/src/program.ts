import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { backtestCommand } from './commands/backtest.ts';
import { backupCommand } from './commands/backup.ts';
import { canaryCommand } from './commands/canary.ts';
import { dataCheckCommand } from './commands/data/check.ts';
import { dataExportCommand } from './commands/data/export.ts';
import { dataReconcileCommand } from './commands/data/reconcile.ts';
import { dataRepairCommand } from './commands/data/repair.ts';
import { databaseMigrateCommand } from './commands/database/migrate.ts';
import { databaseStatusCommand } from './commands/database/status.ts';
import { deployAwsCommand, deployAzureCommand } from './commands/deploy/cloud.ts';
import { deployCostCommand } from './commands/deploy/cost.ts';
import { deployDriftCommand } from './commands/deploy/drift.ts';
import { deployHistoryCommand } from './commands/deploy/history.ts';
import { deployKubernetesCommand } from './commands/deploy/kubernetes.ts';
import { deployLogsCommand } from './commands/deploy/logs.ts';
import { deployRollbackCommand } from './commands/deploy/rollback.ts';
import { deployStatusCommand } from './commands/deploy/status.ts';
import { deployUnlockCommand } from './commands/deploy/unlock.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { fetchCommand } from './commands/fetch.ts';
import { haltCommand } from './commands/halt.ts';
import { importCommand } from './commands/import.ts';
import { jobsAddCommand } from './commands/jobs/add.ts';
import { jobsBackfillCommand } from './commands/jobs/backfill.ts';
import {
  jobsChangeCommand,
  jobsChangesCommand,
  jobsDisableCommand,
  jobsEnableCommand,
  jobsResetCommand,
} from './commands/jobs/change.ts';
import { jobsDrainCommand } from './commands/jobs/drain.ts';
import { jobsExportCommand, jobsImportCommand } from './commands/jobs/file.ts';
import { jobsListCommand } from './commands/jobs/list.ts';
import { jobsPauseCommand, jobsResumeCommand } from './commands/jobs/pause.ts';
import { jobsRunCommand } from './commands/jobs/run.ts';
import { liveHaltCommand } from './commands/live/halt.ts';
import { liveStartCommand } from './commands/live/start.ts';
import { liveStatusCommand } from './commands/live/status.ts';
import { modelsExplainCommand } from './commands/models/explain.ts';
import { modelsListCommand } from './commands/models/list.ts';
import { modelsPromoteCommand } from './commands/models/promote.ts';
import { modelsRollbackCommand } from './commands/models/rollback.ts';
import { modelsShowCommand } from './commands/models/show.ts';
import { noticesListCommand } from './commands/notices/list.ts';
import { noticesTestCommand } from './commands/notices/test.ts';
import { ordersCommand } from './commands/orders.ts';
import { paperStartCommand } from './commands/paper/start.ts';
import { paperStatusCommand } from './commands/paper/status.ts';
import { paperStopCommand } from './commands/paper/stop.ts';
import { positionsCommand } from './commands/positions.ts';
import { predictCommand } from './commands/predict.ts';
import { quarantineListCommand } from './commands/quarantine/list.ts';
import { reportsListCommand } from './commands/reports/list.ts';
import { reportsShowCommand } from './commands/reports/show.ts';
import { restoreCommand } from './commands/restore.ts';
import { restoreDrillCommand } from './commands/restore-drill.ts';
import { runsCancelCommand } from './commands/runs/cancel.ts';
import { runsListCommand } from './commands/runs/list.ts';
import { runsReplayCommand } from './commands/runs/replay.ts';
import { serveCommands, serveDescription } from './commands/serve/parts.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { setupCommand } from './commands/setup.ts';
import { symbolsHistoryCommand } from './commands/symbols/history.ts';
import { symbolsImportCommand } from './commands/symbols/import.ts';
import { symbolsListCommand } from './commands/symbols/list.ts';
import { symbolsRemoveCommand } from './commands/symbols/remove.ts';
import { symbolsSelectCommand } from './commands/symbols/select.ts';
import { symbolsSelectionsCommand } from './commands/symbols/selections.ts';
import { symbolsShowCommand } from './commands/symbols/show.ts';
import { symbolsUniverseCommand } from './commands/symbols/universe.ts';
import { trainCommand } from './commands/train.ts';
import { upCommand } from './commands/up.ts';
import { buildCommand, buildGroup, type CommandDefinition, type ContextRunner } from './define-command.ts';
import { version } from './version.ts';

/** The whole command line. */
export function buildProgram(runWithContext: ContextRunner): Command {
  const build = (definition: CommandDefinition) => buildCommand(definition, runWithContext);
  const program = new Command('daytrade')
    .description('A day-trading machine learning platform for the Tokyo Stock Exchange.')
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', overview);
  const commands = [
    build(upCommand),
    build(setupCommand),
    build(importCommand),
    build(fetchCommand),
    buildGroup('data', 'the bars that are stored: their health, and files of them', [
      build(dataCheckCommand),
      build(dataRepairCommand),
      build(dataExportCommand),
      build(dataReconcileCommand),
    ]),
    buildGroup('quarantine', 'rows that the quality gate kept out', [build(quarantineListCommand)]),
    buildGroup('symbols', 'symbols with bars, and the selection among them', [
      build(symbolsListCommand),
      build(symbolsShowCommand),
      build(symbolsSelectCommand),
      build(symbolsSelectionsCommand),
      build(symbolsHistoryCommand),
      build(symbolsUniverseCommand),
      build(symbolsImportCommand),
      build(symbolsRemoveCommand),
    ]),
    build(trainCommand),
    build(predictCommand),
    build(evaluateCommand),
    build(auditCommand),
    build(backtestCommand),
    buildGroup('paper', 'a book that a strategy trades on paper, without a broker', [
      build(paperStartCommand),
      build(paperStopCommand),
      build(paperStatusCommand),
    ]),
    buildGroup('live', 'real orders at a broker, off unless switched on and confirmed', [
      build(liveStartCommand),
      build(liveStatusCommand),
      build(liveHaltCommand),
    ]),
    build(ordersCommand),
    build(positionsCommand),
    build(haltCommand),
    buildGroup('models', 'the model registry', [
      build(modelsListCommand),
      build(modelsShowCommand),
      build(modelsExplainCommand),
      build(modelsPromoteCommand),
      build(modelsRollbackCommand),
    ]),
    buildGroup('reports', 'the daily reports', [build(reportsListCommand), build(reportsShowCommand)]),
    buildGroup('notices', 'what readers are sent', [build(noticesListCommand), build(noticesTestCommand)]),
    buildGroup('jobs', 'scheduled jobs', [
      build(jobsListCommand),
      build(jobsRunCommand),
      build(jobsAddCommand),
      build(jobsChangeCommand),
      build(jobsDisableCommand),
      build(jobsEnableCommand),
      build(jobsResetCommand),
      build(jobsChangesCommand),
      build(jobsExportCommand),
      build(jobsImportCommand),
      build(jobsPauseCommand),
      build(jobsResumeCommand),
      build(jobsDrainCommand),
      build(jobsBackfillCommand),
    ]),
    buildGroup('runs', 'what ran, and how it ended', [
      build(runsListCommand),
      build(runsReplayCommand),
      build(runsCancelCommand),
    ]),
    build(sessionsCommand),
    build(backupCommand),
    build(restoreCommand),
    build(restoreDrillCommand),
    build(doctorCommand),
    build(canaryCommand),
    buildGroup('serve', 'one part of a cluster, on PostgreSQL and Redis', serveCommands.map(build), serveDescription),
    buildGroup('database', 'the PostgreSQL database of a cluster', [
      build(databaseMigrateCommand),
      build(databaseStatusCommand),
    ]),
    buildGroup('deploy', 'deployments: into a cluster or a cloud, what became of them, and the way back', [
      build(deployKubernetesCommand),
      build(deployAwsCommand),
      build(deployAzureCommand),
      build(deployStatusCommand),
      build(deployHistoryCommand),
      build(deployRollbackCommand),
      build(deployLogsCommand),
      build(deployDriftCommand),
      build(deployCostCommand),
      build(deployUnlockCommand),
    ]),
  ];
  for (const command of commands) program.addCommand(command);
  return program;
}

const overview = `
From bars to predictions:
  $ daytrade setup               choose where bars come from: J-Quants, files, or a demo
  $ daytrade fetch               bring the bars in; daytrade import ./bars reads a folder
  $ daytrade symbols select      pick the best symbols
  $ daytrade train               train the ensemble
  $ daytrade predict             publish the intervals for the next session
  $ daytrade evaluate            judge it, out of sample
  $ daytrade up                  run everything with the page, on the exchange's clock

Exit codes: 0 done, 2 bad input, 3 not found or not ready, 4 a conflict, 5 a dependency failed, 70 a bug, 130 cancelled.
Every command takes --json and --help. Settings: daytrade doctor.`;
