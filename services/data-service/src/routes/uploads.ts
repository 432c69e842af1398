import { routes } from '@daytrade/contracts';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { DataServiceDependencies } from '../dependencies.ts';
import { sweepUploads } from '../uploads/remove-uploads.ts';

/** Files of bars from another machine, in parts. */
export function addUploadRoutes(service: Service, dependencies: DataServiceDependencies): void {
  const { settings, stores } = dependencies;
  addRoute(service, routes.announceUpload, async ({ body }) => {
    await sweepUploads(dependencies);
    const mostBytes = settings.DAYTRADE_UPLOAD_MEGABYTES * 1_048_576;
    return await stores.uploads.announce(body, mostBytes);
  });
  addBytesRoute(service, routes.sendPart, 'the part', async ({ params: { id, part } }, bytes) => {
    await stores.uploads.write(id, part, bytes);
    return { id, part };
  });
}
