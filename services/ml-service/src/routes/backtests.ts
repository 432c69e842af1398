import { parseResult, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { pageSecurityPolicy, tearSheet } from '@daytrade/report';
import { addFileRoute, type Service } from '@daytrade/service';
import type { MlServiceDependencies } from '../dependencies.ts';

/** Backtests as pages. */
export function addBacktestRoutes(service: Service, { stores, settings }: MlServiceDependencies): void {
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
