import { z } from 'zod';
import { addresses } from '../addresses.ts';
import {
  accuracyQuerySchema,
  accuracySchema,
  evaluationAnswerSchema,
  evaluationParametersSchema,
  evaluationRequestSchema,
} from '../bodies/accuracy.ts';
import { auditRequestSchema } from '../bodies/audit.ts';
import { backtestRequestSchema, tearSheetQuerySchema } from '../bodies/backtests.ts';
import {
  inDayPublicationSchema,
  inDayRequestSchema,
  symbolTodayParametersSchema,
  symbolTodaySchema,
  todayQuerySchema,
  todaySchema,
} from '../bodies/in-day.ts';
import {
  activationListSchema,
  importanceQuerySchema,
  importanceSchema,
  modelDetailSchema,
  modelListSchema,
  modelParametersSchema,
  promotionRequestSchema,
  promotionSchema,
  rollbackSchema,
  trainingRequestSchema,
} from '../bodies/models.ts';
import {
  haltRequestSchema,
  paperBookSchema,
  paperChangeSchema,
  paperFillsQuerySchema,
  paperFillsSchema,
  paperOrdersQuerySchema,
  paperOrdersSchema,
  paperPositionsSchema,
  paperStartRequestSchema,
  paperStopRequestSchema,
  releaseRequestSchema,
} from '../bodies/paper.ts';
import {
  predictionHistoryParametersSchema,
  predictionHistoryQuerySchema,
  predictionHistorySchema,
  predictionListSchema,
  predictionRequestSchema,
  publicationSchema,
} from '../bodies/predictions.ts';
import {
  dailyReportSchema,
  reportFiguresQuerySchema,
  reportListQuerySchema,
  reportListSchema,
  reportPageQuerySchema,
  reportParametersSchema,
} from '../bodies/reports.ts';
import { runAcceptedSchema, runParametersSchema } from '../bodies/runs.ts';
import { targetInWords } from '../objective.ts';
import { route } from './route.ts';

/** Predictions, how they were judged, the models that make them, and the long work on models. */
export const mlServiceRoutes = {
  publishPredictions: route(addresses.publishPredictions, {
    summary: 'Predict the next session with the live model and publish the intervals',
    tags: ['predictions'],
    body: predictionRequestSchema,
    answers: { 200: publicationSchema },
  }),
  latestPredictions: route(addresses.latestPredictions, {
    summary: 'The newest published intervals',
    description:
      'All of one session, of the symbols in use: the real ones as soon as there is one. The answer changes ' +
      'with what is ' +
      'published and imported, and when a session closes.',
    tags: ['predictions'],
    answers: { 200: predictionListSchema },
    kept: {
      readsFrom: ['predictions', 'activations', 'symbols', 'evaluations', 'models', 'announcements'],
      always: true,
    },
  }),
  predictionHistory: route(addresses.predictionHistory, {
    summary: 'Past intervals of a symbol and what happened, oldest first',
    description:
      'What was published before a session has the source "live". Before that stand the intervals of the newest ' +
      'evaluation, ' +
      'which were not published but reconstructed by it, in time order: their source is "walk-forward". After them ' +
      'come those of forecasts within the day, where they are asked for.',
    tags: ['predictions'],
    params: predictionHistoryParametersSchema,
    query: predictionHistoryQuerySchema,
    answers: { 200: predictionHistorySchema },
    kept: { readsFrom: ['predictions', 'evaluations', 'priceFactors', 'symbols', 'models'] },
  }),
  publishToday: route(addresses.publishToday, {
    summary: 'Forecast the close of the running session with the live model and publish it',
    description:
      'From what is known at a time of the day that has come. What was published for it stays as it is. After the ' +
      'close, or 5 minutes after the time, it is a reconstruction, which says so of itself.',
    tags: ['predictions'],
    body: inDayRequestSchema,
    answers: { 200: inDayPublicationSchema },
  }),
  today: route(addresses.today, {
    summary: 'Where the closes of today lie, as forecast at a time of the day',
    description:
      'Of one horizon, the newest published one where none is asked for, with how each forecast ended where its ' +
      'session is over. A symbol without a forecast is listed with the reason.',
    tags: ['predictions'],
    query: todayQuerySchema,
    answers: { 200: todaySchema },
    kept: { readsFrom: ['inDayPredictions', 'activations', 'symbols'], always: true },
  }),
  symbolToday: route(addresses.symbolToday, {
    summary: 'The day of one symbol: every forecast of its close, and the prices that were paid',
    tags: ['predictions'],
    params: symbolTodayParametersSchema,
    answers: { 200: symbolTodaySchema },
    kept: { readsFrom: ['inDayPredictions', 'predictions', 'activations', 'symbols', 'evaluations', 'models'] },
  }),
  accuracy: route(addresses.accuracy, {
    summary:
      `Coverage against the objective of ${targetInWords}: the newest walk-forward judgement and the published ` +
      'intervals',
    tags: ['accuracy'],
    query: accuracyQuerySchema,
    answers: { 200: accuracySchema },
    kept: { readsFrom: ['evaluations', 'predictions', 'inDayPredictions', 'priceFactors', 'symbols'], always: true },
  }),
  latestEvaluation: route(addresses.latestEvaluation, {
    summary: 'The newest walk-forward judgement',
    tags: ['accuracy'],
    answers: { 200: evaluationAnswerSchema },
    kept: { readsFrom: ['evaluations', 'symbols'] },
  }),
  evaluation: route(addresses.evaluation, {
    summary: 'One walk-forward judgement, by the id in the result of its run',
    tags: ['accuracy'],
    params: evaluationParametersSchema,
    answers: { 200: evaluationAnswerSchema },
  }),
  models: route(addresses.models, {
    summary: 'Every model version, newest first',
    tags: ['models'],
    answers: { 200: modelListSchema },
    kept: { readsFrom: ['models', 'activations', 'evaluations'], always: true },
  }),
  activations: route(addresses.activations, {
    summary: 'The append-only log of what was live when',
    tags: ['models'],
    answers: { 200: activationListSchema },
  }),
  model: route(addresses.model, {
    summary: 'One model version and when it was live',
    tags: ['models'],
    params: modelParametersSchema,
    answers: { 200: modelDetailSchema },
  }),
  importance: route(addresses.importance, {
    summary: 'What each feature is worth to the forecasts of a version, and what it did to the one of a symbol',
    tags: ['models'],
    params: modelParametersSchema,
    query: importanceQuerySchema,
    answers: { 200: importanceSchema },
    kept: { readsFrom: ['models', 'activations', 'symbols'] },
  }),
  promote: route(addresses.promote, {
    summary: 'Make a version live that can predict the bars in use',
    tags: ['models'],
    params: modelParametersSchema,
    body: promotionRequestSchema,
    answers: { 200: promotionSchema },
  }),
  rollBack: route(addresses.rollBack, {
    summary: 'Make the last version live that was live before and can predict the bars in use',
    tags: ['models'],
    body: promotionRequestSchema,
    answers: { 200: rollbackSchema },
  }),
  reports: route(addresses.reports, {
    summary: 'The daily reports of the symbols in use, newest session first, with the superseded ones',
    tags: ['reports'],
    query: reportListQuerySchema,
    answers: { 200: reportListSchema },
  }),
  report: route(addresses.report, {
    summary: 'The report of a session as one HTML page, which needs nothing else and runs no script',
    tags: ['reports'],
    params: reportParametersSchema,
    query: reportPageQuerySchema,
    answerTypes: ['text/html'],
    answers: { 200: z.string() },
  }),
  reportFigures: route(addresses.reportFigures, {
    summary: 'All figures of that page',
    tags: ['reports'],
    params: reportParametersSchema,
    query: reportFiguresQuerySchema,
    answers: { 200: dailyReportSchema },
  }),
  startTraining: route(addresses.startTraining, {
    summary: 'Train the ensemble on all bars',
    tags: ['models'],
    body: trainingRequestSchema,
    answers: { 202: runAcceptedSchema },
  }),
  startEvaluation: route(addresses.startEvaluation, {
    summary: 'Judge the ensemble walk-forward, out of sample',
    tags: ['accuracy'],
    body: evaluationRequestSchema,
    answers: { 202: runAcceptedSchema },
  }),
  startAudit: route(addresses.startAudit, {
    summary: 'Look for the future in features, label, splits, dates and universe',
    tags: ['accuracy'],
    body: auditRequestSchema,
    answers: { 202: runAcceptedSchema },
  }),
  startBacktest: route(addresses.startBacktest, {
    summary: 'Say what following a strategy would have cost',
    tags: ['backtests'],
    body: backtestRequestSchema,
    answers: { 202: runAcceptedSchema },
  }),
  paperBook: route(addresses.paperBook, {
    summary: 'The paper book that was started last, as it stands',
    description: 'Paper only: nothing is sent to a broker or an exchange.',
    tags: ['paper'],
    answers: { 200: paperBookSchema },
  }),
  startPaper: route(addresses.startPaper, {
    summary: 'Start a paper book: from the next session on a strategy trades it, without a broker',
    tags: ['paper'],
    body: paperStartRequestSchema,
    answers: { 200: paperChangeSchema },
  }),
  stopPaper: route(addresses.stopPaper, {
    summary: 'End the paper book',
    tags: ['paper'],
    body: paperStopRequestSchema,
    answers: { 200: paperChangeSchema },
  }),
  haltPaper: route(addresses.haltPaper, {
    summary: 'Cancel all open orders of the paper book, and send none any more',
    tags: ['paper'],
    body: haltRequestSchema,
    answers: { 200: paperChangeSchema },
  }),
  releasePaper: route(addresses.releasePaper, {
    summary: 'Let a halted paper book send orders again',
    tags: ['paper'],
    body: releaseRequestSchema,
    answers: { 200: paperChangeSchema },
  }),
  paperOrders: route(addresses.paperOrders, {
    summary: 'The orders of the paper book with their states, newest session first',
    tags: ['paper'],
    query: paperOrdersQuerySchema,
    answers: { 200: paperOrdersSchema },
  }),
  paperFills: route(addresses.paperFills, {
    summary: 'What the paper book bought and sold, at which price and cost, newest session first',
    tags: ['paper'],
    query: paperFillsQuerySchema,
    answers: { 200: paperFillsSchema },
  }),
  paperPositions: route(addresses.paperPositions, {
    summary: 'What the paper book holds',
    tags: ['paper'],
    answers: { 200: paperPositionsSchema },
  }),
  tearSheet: route(addresses.tearSheet, {
    summary: 'The tear sheet of a backtest as one HTML page, by the id of its run',
    tags: ['backtests'],
    params: runParametersSchema,
    query: tearSheetQuerySchema,
    answerTypes: ['text/html'],
    answers: { 200: z.string() },
  }),
};
