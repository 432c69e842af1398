import { loadChosen } from '@daytrade/errors';
import type { S3ObjectStore, S3ObjectStoreOptions } from './s3-object-store.ts';

/** Opens a bucket. The AWS SDK takes 30 MB of memory, so it is loaded on demand. */
export async function openS3(options: S3ObjectStoreOptions): Promise<S3ObjectStore> {
  const { S3ObjectStore } = await loadChosen(
    'A bucket of S3',
    '@aws-sdk/client-s3',
    () => import('./s3-object-store.ts'),
  );
  return new S3ObjectStore(options);
}
