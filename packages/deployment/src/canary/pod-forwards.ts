import type { Cluster } from '../cluster.ts';
import type { OpenProgram } from '../programs.ts';

interface Forward {
  readonly program: OpenProgram;
  /** Port of this machine; a pod keeps it, since its address names the pod's counters. */
  readonly port: string;
}

/** Ports of pods, each at a port of this machine. */
export class PodForwards {
  readonly #cluster: Cluster;
  readonly #port: number;
  readonly #forwards = new Map<string, Forward>();

  constructor(cluster: Cluster, port: number) {
    this.#cluster = cluster;
    this.#port = port;
  }

  /** Where a pod answers: the same address for as long as the pod lives. @throws ProgramFailure where it does not */
  async addressOf(pod: string): Promise<string> {
    const known = this.#forwards.get(pod);
    const { port } = known?.program.isOpen === true ? known : await this.#open(pod, known?.port ?? '');
    return `http://127.0.0.1:${port}`;
  }

  async #open(pod: string, wanted: string): Promise<Forward> {
    const args = this.#cluster.kubectl('port-forward', `pod/${pod}`, `${wanted}:${this.#port}`);
    const program = await this.#cluster.programs.open('kubectl', args, /Forwarding from 127\.0\.0\.1:(\d+)/);
    const forward = { program, port: program.found };
    this.#forwards.set(pod, forward);
    return forward;
  }

  close(): void {
    for (const { program } of this.#forwards.values()) program.end();
    this.#forwards.clear();
  }
}
