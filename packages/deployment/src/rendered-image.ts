/** The image that ml-service runs by a rendered chart; undefined where there is none. */
export function imageOfPart(manifest: string): string | undefined {
  const part = manifest
    .split(/^---$/m)
    .find((text) => /^kind: Deployment$/m.test(text) && /^ {2}name: ml-service$/m.test(text));
  return /^\s+image: "?([^"\s]+)"?$/m.exec(part ?? '')?.[1];
}
