import { DeploymentError } from '../deployment-error.ts';

/** An image as the chart's values name it. */
export interface ImageParts {
  readonly repository: string;
  readonly tag: string;
  /** Empty where it is named by its tag alone. */
  readonly digest: string;
}

/** The parts of an image as a pod names it. @throws DeploymentError `not-ready` for one without a tag */
export function imageParts(image: string): ImageParts {
  const [, repository, tag, digest = ''] = /^(.+):([\w][\w.-]*)(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  if (repository === undefined || tag === undefined) {
    throw new DeploymentError('not-ready', `the image ${image} has no tag that the chart could name it by`);
  }
  return { repository, tag, digest };
}
