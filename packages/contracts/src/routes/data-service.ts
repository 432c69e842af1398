import * as bodies from '../bodies/index.ts';
import { fetchRequestSchema, sourceListSchema } from '../providers.ts';
import { route } from './route.ts';

/** Names, lengths and hashes of some thousand files. */
const announcementBytes = 2 * 1_048_576;

export const dataServiceRoutes = {
  symbols: route('data', 'GET /v1/symbols', {
    summary: 'Every symbol with bars, and the age of the newest bar in use',
    answers: { 200: bodies.symbolListSchema },
    kept: { readsFrom: ['symbols'] },
  }),
  damagedSymbols: route('data', 'GET /v1/symbols/damaged', {
    summary: 'Symbols whose bars are damaged or missing, looked at now',
    query: bodies.damagedSymbolsQuerySchema,
    answers: { 200: bodies.damagedSymbolsSchema },
  }),
  dataHealth: route('data', 'GET /v1/symbols/health', {
    summary: 'What the daily bars of each symbol lack, and what needs attention; all of every file is read',
    query: bodies.dataHealthQuerySchema,
    answers: { 200: bodies.dataHealthSchema },
  }),
  removeSymbols: route('data', 'DELETE /v1/symbols', {
    summary: 'Remove the synthetic symbols with their bars, predictions and quarantined rows',
    description: 'Models that were trained on them stay in the registry, marked as synthetic.',
    query: bodies.symbolRemovalQuerySchema,
    answers: { 200: bodies.symbolRemovalSchema },
  }),
  selection: route('data', 'GET /v1/symbols/selection', {
    summary: 'The symbols that score best by liquidity, volatility, volume consistency and market capitalisation',
    query: bodies.selectionQuerySchema,
    answers: { 200: bodies.selectionSchema },
    kept: { readsFrom: ['symbols'] },
  }),
  keptSelections: route('data', 'GET /v1/symbols/selections', {
    summary: 'The selections that mornings made, newest first: who was picked and why, and who left',
    query: bodies.keptSelectionListQuerySchema,
    answers: { 200: bodies.keptSelectionListSchema },
  }),
  priceFactors: route('data', 'GET /v1/symbols/:symbol/factors', {
    summary: 'The splits and dividends of one symbol, with the days on which they changed its prices',
    params: bodies.priceFactorParametersSchema,
    answers: { 200: bodies.priceFactorListSchema },
  }),
  universe: route('data', 'GET /v1/symbols/universe', {
    summary: 'The members of a set of symbols on a day: all that is listed, or an index',
    description: 'As the record of listings has it: what was imported, and what the lists of J-Quants said.',
    query: bodies.universeQuerySchema,
    answers: { 200: bodies.universeMembersSchema },
  }),
  announcements: route('data', 'GET /v1/symbols/announcements', {
    summary: 'When companies announced their results, and when they plan to',
    description: 'Of symbols with bars. Without from and to: all that is known.',
    query: bodies.announcementQuerySchema,
    answers: { 200: bodies.announcementListSchema },
  }),
  importAnnouncements: route('data', 'PUT /v1/symbols/announcements/file', {
    summary: 'Take earnings dates out of a CSV file',
    description:
      'The body is the file, application/octet-stream. With a bad row nothing is written, and each is named. ' +
      'A day stays known since it was first known; the same file again changes nothing.',
    query: bodies.indexImportQuerySchema.omit({ dateFormat: true }),
    bodyType: 'application/octet-stream',
    bodyLimit: bodies.mostAnnouncementFileBytes,
    answers: { 200: bodies.announcementImportSchema },
  }),
  importUniverse: route('data', 'PUT /v1/symbols/universe/file', {
    summary: 'Take listings, memberships, successions and shares by date out of a CSV file',
    description:
      'The body is the file, application/octet-stream. With a bad row nothing is written, and each is named. ' +
      'What earlier files said of the same symbol and set is replaced; the same file again changes nothing.',
    query: bodies.indexImportQuerySchema,
    bodyType: 'application/octet-stream',
    bodyLimit: bodies.mostUniverseFileBytes,
    answers: { 200: bodies.universeImportSchema },
  }),
  symbolHistory: route('data', 'GET /v1/symbols/:symbol/history', {
    summary: 'When one symbol was listed and a member of what, its shares by date, and codes that followed it',
    params: bodies.priceFactorParametersSchema,
    answers: { 200: bodies.symbolHistorySchema },
  }),
  bars: route('data', 'GET /v1/bars/:symbol', {
    summary: 'Bars of one symbol, oldest first',
    description: 'Prices are yen, volume is shares. 5-minute bars are stamped with their beginning, in Japan time.',
    params: bodies.barParametersSchema,
    query: bodies.barQuerySchema,
    answers: { 200: bodies.barListSchema },
    kept: { readsFrom: ['symbols'] },
  }),
  barFile: route('data', 'GET /v1/bars/:symbol/file', {
    summary: 'Bars of one symbol as a file, oldest first',
    description:
      'The columns are those of an import, so that `daytrade import` reads the file: date (5-minute bars: ' +
      'timestamp, in ' +
      'Japan time), open, high, low, close in yen, volume in shares, and the price basis.',
    params: bodies.barParametersSchema,
    query: bodies.barFileQuerySchema,
    answers: { 200: bodies.fileContentSchema },
    answerTypes: Object.values(bodies.barFileTypes),
  }),
  indices: route('data', 'GET /v1/indices', {
    summary: 'Index series and currencies: which there are, up to which day, and which day could be known by now',
    answers: { 200: bodies.indexListSchema },
  }),
  importIndex: route('data', 'PUT /v1/indices/:name/file', {
    summary: 'Take the values of an index series out of a CSV file',
    description:
      'The body is the file, application/octet-stream: CSV, gzipped or not, with the columns date and close (others ' +
      'are passed over), or with two columns, the second of which is the value. The same file again changes nothing.',
    params: bodies.indexParametersSchema,
    query: bodies.indexImportQuerySchema,
    bodyType: 'application/octet-stream',
    bodyLimit: bodies.mostIndexFileBytes,
    answers: { 200: bodies.indexImportSchema },
  }),
  quarantine: route('data', 'GET /v1/quarantine', {
    summary: 'Rows that the quality gate kept out or warned about',
    description:
      'Counts are over all rows that match, whatever limit and offset are. Of many rows of a file with the same ' +
      'reason the first are listed, and the others counted.',
    query: bodies.quarantineQuerySchema,
    answers: { 200: bodies.quarantineListSchema },
  }),
  announceUpload: route('data', 'POST /v1/uploads', {
    summary: 'Announce files of bars, or find which parts of them are missing',
    description:
      'The same names and contents are the same upload, so that sending goes on where it stopped. Send the ' +
      'parts that are missing, in any order, then start a fetch with the id.',
    body: bodies.uploadRequestSchema,
    bodyLimit: announcementBytes,
    answers: { 201: bodies.uploadSchema },
  }),
  sendPart: route('data', 'PUT /v1/uploads/:id/parts/:part', {
    summary: 'Send a part of a file',
    description: `The body is application/octet-stream: ${bodies.uploadPartBytes} bytes, or the rest of the file.`,
    params: bodies.uploadPartSchema,
    bodyType: 'application/octet-stream',
    bodyLimit: bodies.uploadPartBytes,
    answers: { 200: bodies.uploadPartSchema },
  }),
  sources: route('data', 'GET /v1/fetches', {
    summary: 'The requests that brought bars, for updates and repairs to repeat',
    answers: { 200: sourceListSchema },
  }),
  startFetch: route('data', 'POST /v1/fetches', {
    summary: 'Fetch bars from a folder of CSV files, from J-Quants or from the synthetic exchange',
    description: 'Answers the run that does it; while one of the same request is under way, that one.',
    body: fetchRequestSchema,
    answers: { 202: bodies.runAcceptedSchema },
  }),
};
