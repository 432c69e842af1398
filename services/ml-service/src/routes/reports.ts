import { type DailyReport, parseResult, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { TradeDate } from '@daytrade/market';
import { pageSecurityPolicy, reportPage, tearSheet } from '@daytrade/report';
import { addFileRoute, addRoute, type Service } from '@daytrade/service';
import { activeSymbols, type Stores } from '@daytrade/storage';
import { readRecord } from '../backtest/stored-record.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { OwnFiles } from '../own/own-files.ts';
import { OwnStrategies } from '../own/own-strategies.ts';

/** Adds the routes of daily reports: the list, and each as a page or as figures. */
export function addReportRoutes(service: Service, { stores, settings }: MlServiceDependencies): void {
  addRoute(service, routes.reports, async ({ query: { limit } }) => {
    const { synthetic } = await activeSymbols(stores);
    return { reports: await stores.reports.list(synthetic, limit) };
  });

  addFileRoute(service, routes.report, async ({ params, query }) => {
    const report = await findReport(stores, params.session, query.revision);
    return {
      contentType: 'text/html; charset=utf-8',
      fileName: `day-trade-report-${report.session}.html`,
      contentSecurityPolicy: pageSecurityPolicy,
      content: [reportPage(report, query.language ?? settings.DAYTRADE_REPORT_LANGUAGE)],
    };
  });

  addRoute(service, routes.reportFigures, async ({ params, query }) =>
    findReport(stores, params.session, query.revision),
  );
}

async function findReport(stores: Stores, session: TradeDate, revision?: number): Promise<DailyReport> {
  const { synthetic } = await activeSymbols(stores);
  const report = await stores.reports.find({ session, synthetic, revision });
  if (report !== undefined) return report;
  const asked = revision === undefined ? '' : `, revision ${revision}`;
  const [newest] = await stores.reports.list(synthetic, 1);
  const known = newest === undefined ? 'there are none yet' : `the newest is of ${newest.session}`;
  throw new DayTradeError('report.none', `there is no report of ${session}${asked}; ${known}`);
}

/** Adds the routes of backtests: the tear sheet, and all that was done. */
export function addBacktestRoutes(service: Service, { stores, settings }: MlServiceDependencies): void {
  const ownStrategies = new OwnStrategies(settings.DAYTRADE_USER_FOLDER);
  const features = new OwnFiles(settings.DAYTRADE_USER_FOLDER, 'features');
  const members = new OwnFiles(settings.DAYTRADE_USER_FOLDER, 'members');
  addRoute(service, routes.strategies, async () => ({
    strategies: await ownStrategies.list(),
    others: [...(await features.list()), ...(await members.list())],
  }));
  addRoute(service, routes.backtestRecord, ({ params: { id } }) => readRecord(stores, id));
  addFileRoute(service, routes.tearSheet, async ({ params: { id }, query }) => {
    const run = await stores.runs.find(id);
    if (run?.job !== 'backtest' || run.result === null) {
      const state = run?.job === 'backtest' ? `the backtest is ${run.status}` : 'there is no such backtest';
      throw new DayTradeError('run.not-found', `${id}: ${state}`, { details: { run: id } });
    }
    return {
      contentType: 'text/html; charset=utf-8',
      fileName: `day-trade-${id}.html`,
      contentSecurityPolicy: pageSecurityPolicy,
      content: [tearSheet(parseResult('backtest', run.result), query.language ?? settings.DAYTRADE_REPORT_LANGUAGE)],
    };
  });
}
