import { z } from 'zod';
import * as bodies from '../bodies/index.ts';
import { targetInWords } from '../objective.ts';
import { route } from './route.ts';

export const mlServiceRoutes = {
  publishPredictions: route('ml', 'POST /v1/predictions', {
    summary: 'Predict the next session with the live model and publish the intervals',
    body: bodies.predictionRequestSchema,
    answers: { 200: bodies.publicationSchema },
  }),
  latestPredictions: route('ml', 'GET /v1/predictions/latest', {
    summary: 'The newest published intervals',
    description:
      'All of one session, of the symbols in use: the real ones as soon as there is one. The answer changes ' +
      'with what is ' +
      'published and imported, and when a session closes.',
    answers: { 200: bodies.predictionListSchema },
    kept: { readsFrom: ['predictions', 'activations', 'symbols', 'evaluations', 'models', 'announcements'] },
  }),
  predictionHistory: route('ml', 'GET /v1/predictions/history/:symbol', {
    summary: 'Past intervals of a symbol and what happened, oldest first',
    description:
      'What was published before a session has the source "live". Before that stand the intervals of the newest ' +
      'evaluation, ' +
      'which were not published but reconstructed by it, in time order: their source is "walk-forward". After them ' +
      'come those of forecasts within the day, where they are asked for.',
    params: bodies.predictionHistoryParametersSchema,
    query: bodies.predictionHistoryQuerySchema,
    answers: { 200: bodies.predictionHistorySchema },
    kept: { readsFrom: ['predictions', 'evaluations', 'priceFactors', 'symbols', 'models'] },
  }),
  publishToday: route('ml', 'POST /v1/predictions/today', {
    summary: 'Forecast the close of the running session with the live model and publish it',
    description:
      'From what is known at a time of the day that has come. What was published for it stays as it is. After the ' +
      'close, or 5 minutes after the time, it is a reconstruction, which says so of itself.',
    body: bodies.inDayRequestSchema,
    answers: { 200: bodies.inDayPublicationSchema },
  }),
  today: route('ml', 'GET /v1/predictions/today', {
    summary: 'Where the closes of today lie, as forecast at a time of the day',
    description:
      'Of one horizon, the newest published one where none is asked for, with how each forecast ended where its ' +
      'session is over. A symbol without a forecast is listed with the reason.',
    query: bodies.todayQuerySchema,
    answers: { 200: bodies.todaySchema },
    kept: { readsFrom: ['inDayPredictions', 'activations', 'symbols'] },
  }),
  symbolToday: route('ml', 'GET /v1/predictions/:symbol/today', {
    summary: 'The day of one symbol: every forecast of its close, and the prices that were paid',
    params: bodies.symbolTodayParametersSchema,
    answers: { 200: bodies.symbolTodaySchema },
    kept: { readsFrom: ['inDayPredictions', 'predictions', 'activations', 'symbols', 'evaluations', 'models'] },
  }),
  accuracy: route('ml', 'GET /v1/accuracy', {
    summary:
      `Coverage against the objective of ${targetInWords}: the newest walk-forward judgement and the published ` +
      'intervals',
    query: bodies.accuracyQuerySchema,
    answers: { 200: bodies.accuracySchema },
    kept: { readsFrom: ['evaluations', 'predictions', 'inDayPredictions', 'priceFactors', 'symbols'] },
  }),
  evaluation: route('ml', 'GET /v1/evaluations/:id', {
    summary: 'One walk-forward judgement, by the id in the result of its run',
    params: bodies.evaluationParametersSchema,
    answers: { 200: bodies.evaluationAnswerSchema },
  }),
  models: route('ml', 'GET /v1/models', {
    summary: 'Every model version, newest first',
    answers: { 200: bodies.modelListSchema },
    kept: { readsFrom: ['models', 'activations', 'evaluations'] },
  }),
  model: route('ml', 'GET /v1/models/:version', {
    summary: 'One model version and when it was live',
    params: bodies.modelParametersSchema,
    answers: { 200: bodies.modelDetailSchema },
  }),
  importance: route('ml', 'GET /v1/models/:version/importance', {
    summary: 'What each feature is worth to the forecasts of a version, and what it did to the one of a symbol',
    params: bodies.modelParametersSchema,
    query: bodies.importanceQuerySchema,
    answers: { 200: bodies.importanceSchema },
    kept: { readsFrom: ['models', 'activations', 'symbols'] },
  }),
  promote: route('ml', 'POST /v1/models/:version/promotion', {
    summary: 'Make a version live that can predict the bars in use',
    params: bodies.modelParametersSchema,
    answers: { 200: bodies.promotionSchema },
  }),
  rollBack: route('ml', 'POST /v1/models/rollback', {
    summary: 'Make the last version live that was live before and can predict the bars in use',
    answers: { 200: bodies.rollbackSchema },
  }),
  reports: route('ml', 'GET /v1/reports', {
    summary: 'The daily reports of the symbols in use, newest session first, with the superseded ones',
    query: bodies.reportListQuerySchema,
    answers: { 200: bodies.reportListSchema },
  }),
  report: route('ml', 'GET /v1/reports/:session', {
    summary: 'The report of a session as one HTML page, which needs nothing else and runs no script',
    params: bodies.reportParametersSchema,
    query: bodies.reportPageQuerySchema,
    answerTypes: ['text/html'],
    answers: { 200: z.string() },
  }),
  reportFigures: route('ml', 'GET /v1/reports/:session/figures', {
    summary: 'All figures of that page',
    params: bodies.reportParametersSchema,
    query: bodies.reportFiguresQuerySchema,
    answers: { 200: bodies.dailyReportSchema },
  }),
  startTraining: route('ml', 'POST /v1/trainings', {
    summary: 'Train the ensemble on all bars',
    body: bodies.trainingRequestSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  startEvaluation: route('ml', 'POST /v1/evaluations', {
    summary: 'Judge the ensemble walk-forward, out of sample',
    body: bodies.evaluationRequestSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  startAudit: route('ml', 'POST /v1/audits', {
    summary: 'Look for the future in features, label, splits, dates and universe',
    body: bodies.auditRequestSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  startBacktest: route('ml', 'POST /v1/backtests', {
    summary: 'Say what following a strategy would have cost',
    body: bodies.backtestRequestSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
  backtestRecord: route('ml', 'GET /v1/backtests/:id/record', {
    summary: 'All trades, orders, fills and daily returns of a backtest, by the id of its run',
    params: bodies.runParametersSchema,
    answers: { 200: bodies.backtestRecordSchema },
  }),
  paperBook: route('ml', 'GET /v1/paper', {
    summary: 'A paper book as it stands, with the names of all books',
    description: 'Paper only: nothing is sent to a broker or an exchange.',
    query: bodies.paperQuerySchema,
    answers: { 200: bodies.paperBookSchema },
  }),
  startPaper: route('ml', 'POST /v1/paper', {
    summary: 'Start a paper book: from the next session on a strategy trades it, without a broker',
    body: bodies.paperStartRequestSchema,
    answers: { 200: bodies.paperChangeSchema },
  }),
  stopPaper: route('ml', 'POST /v1/paper/stop', {
    summary: 'End a paper book',
    body: bodies.paperStopRequestSchema,
    answers: { 200: bodies.paperChangeSchema },
  }),
  haltPaper: route('ml', 'POST /v1/paper/halt', {
    summary: 'Cancel all open orders of a paper book, and send none any more',
    body: bodies.haltRequestSchema,
    answers: { 200: bodies.paperChangeSchema },
  }),
  releasePaper: route('ml', 'POST /v1/paper/release', {
    summary: 'Let a halted paper book send orders again',
    body: bodies.releaseRequestSchema,
    answers: { 200: bodies.paperChangeSchema },
  }),
  paperOrders: route('ml', 'GET /v1/paper/orders', {
    summary: 'The orders of a paper book with their states, newest session first',
    query: bodies.paperOrdersQuerySchema,
    answers: { 200: bodies.paperOrdersSchema },
  }),
  paperFills: route('ml', 'GET /v1/paper/fills', {
    summary: 'What a paper book bought and sold, at which price and cost, newest session first',
    query: bodies.paperFillsQuerySchema,
    answers: { 200: bodies.paperFillsSchema },
  }),
  strategies: route('ml', 'GET /v1/backtests/strategies', {
    summary: 'The strategies that can be followed: those of the platform, and files in the folder of the user',
    answers: { 200: bodies.strategyListSchema },
  }),
  tearSheet: route('ml', 'GET /v1/backtests/:id', {
    summary: 'The tear sheet of a backtest as one HTML page, by the id of its run',
    params: bodies.runParametersSchema,
    query: bodies.tearSheetQuerySchema,
    answerTypes: ['text/html'],
    answers: { 200: z.string() },
  }),
};
