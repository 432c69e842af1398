import { addresses } from '../addresses.ts';
import {
  barListSchema,
  barParametersSchema,
  barQuerySchema,
  damagedSymbolsQuerySchema,
  damagedSymbolsSchema,
  keptSelectionListQuerySchema,
  keptSelectionListSchema,
  quarantineListSchema,
  quarantineQuerySchema,
  selectionQuerySchema,
  selectionSchema,
  symbolListSchema,
  symbolRemovalQuerySchema,
  symbolRemovalSchema,
} from '../bodies/data.ts';
import {
  announcementImportSchema,
  announcementListSchema,
  announcementQuerySchema,
  indexImportQuerySchema,
  indexImportSchema,
  indexListSchema,
  indexParametersSchema,
  indexValuesQuerySchema,
  indexValuesSchema,
  mostAnnouncementFileBytes,
  mostIndexFileBytes,
} from '../bodies/indices.ts';
import { runAcceptedSchema } from '../bodies/runs.ts';
import {
  barFileQuerySchema,
  barFileTypes,
  dataHealthQuerySchema,
  dataHealthSchema,
  fileContentSchema,
  priceFactorListSchema,
  priceFactorParametersSchema,
} from '../bodies/stored-bars.ts';
import {
  mostUniverseFileBytes,
  symbolHistorySchema,
  universeImportSchema,
  universeMembersSchema,
  universeQuerySchema,
} from '../bodies/universe.ts';
import {
  uploadFileParametersSchema,
  uploadParametersSchema,
  uploadPartBytes,
  uploadPartQuerySchema,
  uploadPartSchema,
  uploadRequestSchema,
  uploadSchema,
} from '../bodies/uploads.ts';
import { fetchRequestSchema, sourceListSchema } from '../providers.ts';
import { route } from './route.ts';

/** Names, lengths and hashes of some thousand files. */
const announcementBytes = 2 * 1_048_576;

/** Routes of symbols, bars, quarantine and imports. */
export const dataServiceRoutes = {
  symbols: route(addresses.symbols, {
    summary: 'Every symbol with bars, and the age of the newest bar in use',
    tags: ['symbols'],
    answers: { 200: symbolListSchema },
    kept: { readsFrom: ['symbols'] },
  }),
  damagedSymbols: route(addresses.damagedSymbols, {
    summary: 'Symbols whose bars are damaged or missing, looked at now',
    tags: ['symbols'],
    query: damagedSymbolsQuerySchema,
    answers: { 200: damagedSymbolsSchema },
  }),
  dataHealth: route(addresses.dataHealth, {
    summary: 'What the daily bars of each symbol lack, and what needs attention; all of every file is read',
    tags: ['symbols'],
    query: dataHealthQuerySchema,
    answers: { 200: dataHealthSchema },
  }),
  removeSymbols: route(addresses.removeSymbols, {
    summary: 'Remove the synthetic symbols with their bars, predictions and quarantined rows',
    description: 'Models that were trained on them stay in the registry, marked as synthetic.',
    tags: ['symbols'],
    query: symbolRemovalQuerySchema,
    answers: { 200: symbolRemovalSchema },
  }),
  selection: route(addresses.selection, {
    summary: 'The symbols that score best by liquidity, volatility, volume consistency and market capitalisation',
    tags: ['symbols'],
    query: selectionQuerySchema,
    answers: { 200: selectionSchema },
    kept: { readsFrom: ['symbols'] },
  }),
  keptSelections: route(addresses.keptSelections, {
    summary: 'The selections that mornings made, newest first: who was picked and why, and who left',
    tags: ['symbols'],
    query: keptSelectionListQuerySchema,
    answers: { 200: keptSelectionListSchema },
  }),
  priceFactors: route(addresses.priceFactors, {
    summary: 'The splits and dividends of one symbol, with the days on which they changed its prices',
    tags: ['symbols'],
    params: priceFactorParametersSchema,
    answers: { 200: priceFactorListSchema },
  }),
  universe: route(addresses.universe, {
    summary: 'The members of a set of symbols on a day: all that is listed, or an index',
    description: 'As the record of listings has it: what was imported, and what the lists of J-Quants said.',
    tags: ['symbols'],
    query: universeQuerySchema,
    answers: { 200: universeMembersSchema },
  }),
  announcements: route(addresses.announcements, {
    summary: 'When companies announced their results, and when they plan to',
    description: 'Of symbols with bars. Without from and to: all that is known.',
    tags: ['symbols'],
    query: announcementQuerySchema,
    answers: { 200: announcementListSchema },
  }),
  importAnnouncements: route(addresses.importAnnouncements, {
    summary: 'Take days of results out of a CSV file',
    description:
      'The body is the file, application/octet-stream. With a bad row nothing is written, and each is named. ' +
      'A day stays known since it was first known; the same file again changes nothing.',
    tags: ['symbols'],
    query: indexImportQuerySchema.omit({ dateFormat: true }),
    bodyType: 'application/octet-stream',
    bodyLimit: mostAnnouncementFileBytes,
    answers: { 200: announcementImportSchema },
  }),
  importUniverse: route(addresses.importUniverse, {
    summary: 'Take listings, memberships, successions and shares by date out of a CSV file',
    description:
      'The body is the file, application/octet-stream. With a bad row nothing is written, and each is named. ' +
      'What earlier files said of the same symbol and set is replaced; the same file again changes nothing.',
    tags: ['symbols'],
    query: indexImportQuerySchema,
    bodyType: 'application/octet-stream',
    bodyLimit: mostUniverseFileBytes,
    answers: { 200: universeImportSchema },
  }),
  symbolHistory: route(addresses.symbolHistory, {
    summary: 'When one symbol was listed and a member of what, its shares by date, and codes that followed it',
    tags: ['symbols'],
    params: priceFactorParametersSchema,
    answers: { 200: symbolHistorySchema },
  }),
  bars: route(addresses.bars, {
    summary: 'Bars of one symbol, oldest first',
    description: 'Prices are yen, volume is shares. 5-minute bars are stamped with their beginning, in Japan time.',
    tags: ['bars'],
    params: barParametersSchema,
    query: barQuerySchema,
    answers: { 200: barListSchema },
    kept: { readsFrom: ['symbols'] },
  }),
  barFile: route(addresses.barFile, {
    summary: 'Bars of one symbol as a file, oldest first',
    description:
      'The columns are those of an import, so that `daytrade import` reads the file: date (5-minute bars: ' +
      'timestamp, in ' +
      'Japan time), open, high, low, close in yen, volume in shares, and the price basis.',
    tags: ['bars'],
    params: barParametersSchema,
    query: barFileQuerySchema,
    answers: { 200: fileContentSchema },
    answerTypes: Object.values(barFileTypes),
  }),
  indices: route(addresses.indices, {
    summary: 'Index series and currencies: which there are, up to which day, and which day could be known by now',
    tags: ['indices'],
    answers: { 200: indexListSchema },
  }),
  indexValues: route(addresses.indexValues, {
    summary: 'Daily values of one index series, oldest first',
    description: 'Closing values, by the day of its own market: a day of New York ends at 06:00 of the next in Japan.',
    tags: ['indices'],
    params: indexParametersSchema,
    query: indexValuesQuerySchema,
    answers: { 200: indexValuesSchema },
  }),
  importIndex: route(addresses.importIndex, {
    summary: 'Take the values of an index series out of a CSV file',
    description:
      'The body is the file, application/octet-stream: CSV, gzipped or not, with the columns date and close (others ' +
      'are passed over), or with two columns, the second of which is the value. The same file again changes nothing.',
    tags: ['indices'],
    params: indexParametersSchema,
    query: indexImportQuerySchema,
    bodyType: 'application/octet-stream',
    bodyLimit: mostIndexFileBytes,
    answers: { 200: indexImportSchema },
  }),
  quarantine: route(addresses.quarantine, {
    summary: 'Rows that the quality gate kept out or warned about',
    description:
      'Counts are over all rows that match, whatever limit and offset are. Of many rows of a file with the same ' +
      'reason the first are listed, and the others counted.',
    tags: ['quarantine'],
    query: quarantineQuerySchema,
    answers: { 200: quarantineListSchema },
  }),
  announceUpload: route(addresses.announceUpload, {
    summary: 'Announce files of bars, or find how much of them has come',
    description:
      'The same names and contents are the same upload, so that sending goes on where it stopped. Send the ' +
      'parts, then start a fetch with the id.',
    tags: ['bars'],
    body: uploadRequestSchema,
    bodyLimit: announcementBytes,
    answers: { 201: uploadSchema },
  }),
  upload: route(addresses.upload, {
    summary: 'How much of an upload has come',
    tags: ['bars'],
    params: uploadParametersSchema,
    answers: { 200: uploadSchema },
  }),
  dropUpload: route(addresses.dropUpload, {
    summary: 'Drop an upload',
    tags: ['bars'],
    params: uploadParametersSchema,
    answers: { 200: uploadParametersSchema },
  }),
  sendPart: route(addresses.sendPart, {
    summary: 'Send the next part of a file',
    description:
      `The body is application/octet-stream: ${uploadPartBytes} bytes, or the rest of the file. A part that does ` +
      'not follow what has come is answered with 409 and details.received, the offset to go on with.',
    tags: ['bars'],
    params: uploadFileParametersSchema,
    query: uploadPartQuerySchema,
    bodyType: 'application/octet-stream',
    bodyLimit: uploadPartBytes,
    answers: { 200: uploadPartSchema },
  }),
  sources: route(addresses.sources, {
    summary: 'The requests that brought bars, for updates and repairs to repeat',
    tags: ['bars'],
    answers: { 200: sourceListSchema },
  }),
  startFetch: route(addresses.startFetch, {
    summary: 'Fetch bars from a folder of CSV files, from J-Quants or from the synthetic exchange',
    description: 'Answers the run that does it; while one of the same request is under way, that one.',
    tags: ['bars'],
    body: fetchRequestSchema,
    answers: { 202: runAcceptedSchema },
  }),
};
