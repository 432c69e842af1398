import { onPath } from '../support/packed-programs.ts';
import { goProgram, run } from './programs.ts';

/**
 * The path of kube-score, built from its Go module the first time (a minute); undefined where neither it nor Go is
 * there.
 */
export function kubeScore(): string | undefined {
  return onPath('kube-score') ?? goProgram('github.com/zegl/kube-score/cmd/kube-score', 'v1.20.0');
}

/** A judgement of kube-score about one object. */
export interface Score {
  readonly grade: 'critical' | 'warning' | 'ok';
  readonly text: string;
}

/**
 * What kube-score says of a file with Kubernetes objects, for a cluster of that version. With `waived` it is not asked
 * what an object's annotation takes out; without, nothing is left out.
 */
export function scores(program: string, file: string, kubernetesVersion: string, waived: boolean): Score[] {
  const version = `v${kubernetesVersion.split('.').slice(0, 2).join('.')}`;
  const options = ['--kubernetes-version', version, '--output-format', 'ci'];
  if (!waived) options.push('--disable-ignore-checks-annotations');
  const { stdout } = run(program, ['score', ...options, file]);
  return [...stdout.matchAll(/^\[(CRITICAL|WARNING|OK)\] (.+)$/gm)].map(([, grade = '', text = '']) => ({
    grade: grade.toLowerCase() as Score['grade'],
    text,
  }));
}
