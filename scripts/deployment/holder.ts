import { hostname, userInfo } from 'node:os';
import type { Holder, Processes } from '../../packages/deployment/src/lock.ts';

/** The machine of a job. What helm still runs there ends with its job. */
export const runner: Processes = {
  host: hostname(),
  isAlive: (pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  },
  end: async () => false,
};

const { GITHUB_ACTOR, GITHUB_RUN_ID } = process.env;
const ofRun = GITHUB_RUN_ID === undefined ? '' : ` by run ${GITHUB_RUN_ID} of the workflow`;

/** Who holds an environment while a job changes it. */
export function holderOf(what: string): Holder {
  return {
    who: GITHUB_ACTOR ?? userInfo().username,
    host: runner.host,
    pid: process.pid,
    since: new Date().toISOString(),
    what: `${what}${ofRun}`,
    step: 'begin',
  };
}

/** Whether a job of this very run of the workflow held it. */
export function isOwn({ what }: Pick<Holder, 'what'>): boolean {
  return ofRun !== '' && what.endsWith(ofRun);
}
