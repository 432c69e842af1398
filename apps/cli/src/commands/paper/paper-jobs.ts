import type { JobFile } from '@daytrade/contracts';

const every = { queueJob: 'paper-session', payload: {}, enabled: true, misfirePolicy: 'run-once' } as const;
const late = (job: string) => ({ waitsFor: [{ job, ifFailed: 'run' as const }], longestWaitSeconds: 900 });

/**
 * When a paper book is looked after, in Japan time. They are added when a book is started and removed when it is
 * stopped; what is due the clock of the exchange decides within.
 */
export const paperJobs = {
  'paper-pre-open': {
    ...every,
    ...late('market-preparation'),
    longestWaitSeconds: 600,
    misfireGraceSeconds: 600,
    schedule: { type: 'daily', at: '08:45' },
    description: 'Decides the orders of the paper book before the open; nothing goes to a broker',
  },
  'paper-open': {
    ...every,
    misfireGraceSeconds: 600,
    schedule: { type: 'daily', at: '09:12' },
    description: 'Looks at the paper book on the first bars of the session',
  },
  'paper-lunch': {
    ...every,
    misfireGraceSeconds: 600,
    schedule: { type: 'daily', at: '11:37' },
    description: 'Looks at the paper book on the bars of the morning',
  },
  'paper-pre-close': {
    ...every,
    misfireGraceSeconds: 300,
    schedule: { type: 'daily', at: '15:20' },
    description: 'Looks at the paper book before the close',
  },
  'paper-close': {
    ...every,
    ...late('closing-update'),
    misfireGraceSeconds: 3600,
    schedule: { type: 'daily', at: '15:50' },
    description: 'Settles the session of the paper book on its bars',
  },
  'paper-evening': {
    ...every,
    ...late('evening-update'),
    misfireGraceSeconds: 3600,
    schedule: { type: 'daily', at: '17:00' },
    description: 'Settles the session of the paper book where its bars came late',
  },
} as const satisfies JobFile['jobs'];
