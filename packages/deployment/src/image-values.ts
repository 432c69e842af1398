/** An image as the chart's values name it: by its digest, else by its tag. @throws Error for what names neither */
export function imageValues(image: string): string {
  const [, byDigest, digest] = /^([^@]+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
  if (digest !== undefined) return `image.repository=${byDigest},image.digest=${digest}`;
  const [, repository, tag] = /^([^@\s]+):([\w][\w.-]{0,127})$/.exec(image) ?? [];
  if (tag === undefined) throw new Error(`--image ${image}: REPOSITORY@sha256:<64 hex digits>, or REPOSITORY:TAG`);
  return `image.repository=${repository},image.tag=${tag},image.digest=`;
}
