/** Texts of the views Models, Jobs, Calendar and Data. */
export const platformTexts = {
  'models.training': 'A model is being trained.',
  'models.empty': 'No model yet. Train one:',
  'models.registry': 'Registry',
  'models.members': 'Members of {version}',
  'models.sole': 'one member carries all the weight: {member}',
  'models.members.note': 'Out of sample on next-day log returns.',
  'models.size': '{symbols:symbol} · {rows:row}',

  'jobs.title': 'Schedule',
  'jobs.runs': 'Runs',
  'jobs.empty': 'No jobs.',
  'jobs.runs.empty': 'Nothing has run yet.',
  'jobs.run': 'Run now',
  'jobs.run.label': 'Run now: {job}',
  'jobs.started': 'Started {job}.',
  'jobs.disabled': 'off',
  'jobs.paused': 'paused',
  'jobs.next': 'next {when}',
  'jobs.remaining': '{time} left',
  'jobs.attempt': 'attempt {attempt} of {of}',

  'quality.symbols': 'Symbols',
  'quality.empty': 'No bars yet. Import a folder or fetch from the synthetic exchange:',
  'quality.reasons': 'Kept out, by reason',
  'quality.clean': 'No row was kept out, and no row has a warning.',
  'quality.note':
    'A bad row is kept aside with its reason, never repaired silently. A row with a warning stays in the data.',
} as const;
