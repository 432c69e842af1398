import catalogue from './contracts.ja.json' with { type: 'json' };
import { translator } from './translation.ts';

/** Name and task of each job in Japanese. The scheduler has both in English. */
export const jobsInJapanese: Readonly<Record<string, Readonly<Record<'name' | 'task', string>>>> = catalogue.jobs;

export const scheduleInJapanese = translator(catalogue.schedules);

/** Returns a step of a job in Japanese; undefined for an unknown one. */
export const stageInJapanese = translator(catalogue.stages);

/** Returns why an order ended, a session has no orders, or a book was halted; undefined for the words of a person. */
export const paperReasonInJapanese = translator(catalogue.paper);

/** Returns in Japanese why the exchange is closed on a day. */
export const closedReasonInJapanese = translator(catalogue.closedDays);

/** Returns a message of the quality gate about a row in Japanese. */
export const qualityMessageInJapanese = clauseByClause({ ...catalogue.quality, ...catalogue.closedDays });

/** Returns in Japanese why a symbol was picked or not. */
export const selectionReasonInJapanese = clauseByClause(catalogue.selection);

/** Returns the basis of a score in Japanese. */
export const scoreBasisInJapanese = translator(catalogue.scores);

function clauseByClause(clauses: Readonly<Record<string, string>>): (message: string) => string {
  const translate = translator(clauses);
  return (message) =>
    message
      .split('; ')
      .map((clause) => translate(clause) ?? clause)
      .join('。');
}
