import type { Finding } from './fault.ts';
import type { Probed } from './probe.ts';

/** A fault that happened. */
export interface Happened extends Finding {
  readonly name: string;
  readonly services: readonly Probed[];
}

/** `data-service 41 x status 503 of 690 (s 3 to 12)`, of each service that failed a request. */
export function failuresOf(services: readonly Probed[]): string {
  if (services.length === 0) return 'not asked';
  const failed = services.flatMap(({ service, requests, failures }) =>
    Object.entries(failures).map(
      ([reason, { count, firstSecond, lastSecond }]) =>
        `${service} ${count} x ${reason} of ${requests} (second ${firstSecond} to ${lastSecond})`,
    ),
  );
  const requests = services.reduce((sum, one) => sum + one.requests, 0);
  return failed.length === 0 ? `0 of ${requests}` : failed.join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

/** The page with every fault as a row. */
export function faultsPage(happened: readonly Happened[], machine: string): string {
  const rows = happened.map(({ name, services, recoverySeconds, data, told }) => {
    const recovery = recoverySeconds === undefined ? '' : `${recoverySeconds.toFixed(1)} s`;
    const texts = [name, failuresOf(services), recovery, data, told.join('<br>')];
    return `| ${texts.map((text) => cell(text).replaceAll('&lt;br>', '<br>')).join(' | ')} |`;
  });
  return `# Faults on a cluster

Written by \`npm run cluster-faults\`: production with the sizes of
\`tests/kubernetes/values.small-node.yaml\` on one node (${machine}). Meanwhile ml-service, data-service,
scheduler-service and the page get ten requests a second each.

*Recovery* is the time from the removal of the cause, or from the command, until every pod was ready. Seconds depend on
the machine and its load; failed requests, the fate of the data and the messages do not.

| fault | failed requests | recovery | data and runs | what an operator sees |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
