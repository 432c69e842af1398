import { objectsOf } from './objects.ts';

/** The image that ml-service runs by a rendered chart; undefined where there is none. */
export function imageOfPart(manifest: string): string | undefined {
  const part = objectsOf(manifest).get('Deployment/ml-service');
  return /^\s+image: "?([^"\s]+)"?$/m.exec(part ?? '')?.[1];
}
