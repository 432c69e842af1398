/** The columns of JSON by their table, as the database names them: it has them as text, and does not say which. */
export const jsonColumns: Readonly<Record<string, readonly string[]>> = {
  models: ['members'],
  runs: ['payload', 'progress', 'result', 'error', 'dependencies'],
  evaluations: ['report'],
  notices: ['notice'],
  job_settings: ['settings'],
  job_changes: ['before', 'after'],
  paper_events: ['body'],
};
