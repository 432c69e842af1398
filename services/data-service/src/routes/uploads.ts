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
    return stores.uploads.announce(body, mostBytes);
  });
  addRoute(service, routes.upload, async ({ params }) => await stores.uploads.find(params.id));
  addRoute(service, routes.dropUpload, async ({ params }) => {
    await stores.uploads.delete(params.id);
    return { id: params.id };
  });
  addBytesRoute(service, routes.sendPart, 'the part', async ({ params: { id, name }, query: { offset } }, bytes) => ({
    name,
    received: await stores.uploads.write(id, name, offset, bytes),
  }));
}
