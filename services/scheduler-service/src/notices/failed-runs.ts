import type { Run } from '@daytrade/contracts';
import { japanDate } from '@daytrade/market';
import type { FoundNotice, NoticeFinder, NoticeQuestion } from './found-notice.ts';

/** Of older failures nobody is sent a notice. */
const lookBackMs = 86_400_000;
const runsRead = 200;
const longestJson = 16_384;
const refused = 'data.provider-forbidden';

/** Jobs whose last attempt failed: the first of each job and day in Japan, as a job may fail every five minutes. */
export const findFailedRuns: NoticeFinder = async (question) => {
  const failed = [...(await newestRuns(question, 'failed')), ...(await newestRuns(question, 'timed-out'))];
  const { words } = question;
  return failed
    .filter((run) => !isOfKey(run))
    .sort((one, other) => ((one.finishedAt ?? '') < (other.finishedAt ?? '') ? -1 : 1))
    .map(
      ({ id, job, attempt, error, finishedAt, queuedAt }): FoundNotice => ({
        kind: 'run-failed',
        subject: `${job}/${japanDate(Date.parse(finishedAt ?? queuedAt))}`,
        synthetic: false,
        title: words.runFailed(job),
        lines: [`${error?.message ?? ''} [${error?.code ?? ''}]`, words.runText(id, attempt), words.moreFailures],
        facts: { run: id, job, attempt, code: error?.code ?? null, message: error?.message ?? null },
      }),
    );
};

/** Once a day while the provider of bars refuses the key. An update that has other sources succeeds all the same. */
export const findRefusedKey: NoticeFinder = async (question) => {
  const runs = [...(await newestRuns(question, 'failed')), ...(await newestRuns(question, 'succeeded'))];
  const { words, now } = question;
  const since = new Date(now - lookBackMs).toISOString();
  const sign = runs.find((run) => (run.finishedAt ?? '') >= since && wasRefused(run));
  if (sign === undefined) return [];
  return [
    {
      kind: 'key-refused',
      subject: japanDate(Date.parse(sign.finishedAt ?? sign.queuedAt)),
      synthetic: false,
      title: words.keyRefused,
      lines: [words.keyRefusedText],
      facts: { run: sign.id, job: sign.job, code: refused },
    },
  ];
};

function newestRuns({ stores, now }: NoticeQuestion, status: Run['status']): Promise<readonly Run[]> {
  const queuedBetween = { from: new Date(now - lookBackMs).toISOString(), to: new Date(now + 1).toISOString() };
  return stores.runs.list({ status, queuedBetween, limit: runsRead, longestJson });
}

/** Whether a run failed as its key was refused. Yahoo takes none: what it refuses is a failure as any other. */
function isOfKey({ job, error, payload }: Pick<Run, 'job' | 'error' | 'payload'>): boolean {
  const ofYahoo = error?.details.provider === 'yahoo' || (job === 'fetch' && payload.provider === 'yahoo');
  return error?.code === refused && !ofYahoo;
}

function wasRefused({ job, error, payload, result }: Run): boolean {
  if (isOfKey({ job, error, payload })) return true;
  const update = job === 'market-preparation' ? result?.update : job === 'data-update' ? result : undefined;
  if (typeof update !== 'object' || update === null || !('failed' in update) || !Array.isArray(update.failed))
    return false;
  return update.failed.some(
    ({ code, source }: { readonly code?: unknown; readonly source?: unknown }) =>
      code === refused && String(source).split(' ')[0] !== 'yahoo',
  );
}
