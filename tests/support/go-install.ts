/**
 * Arguments with which Go builds a program of a module, such as `helm.sh/helm/v3/cmd/helm@v3.8.2`.
 * Without inlining and without what a debugger reads, a third of a build: tests run such a program for seconds.
 */
export function goInstall(program: string): readonly string[] {
  return ['install', '-gcflags=all=-l -dwarf=false', '-ldflags=-s -w', program];
}

/** Variables beside those of this process, to have it put into a folder. */
export function goInstallInto(folder: string): Readonly<Record<string, string>> {
  return { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' };
}
