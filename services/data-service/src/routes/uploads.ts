import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addRoute, type Service } from '@daytrade/service-kit';
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
  addPartRoute(service, dependencies);
}

/** In a scope of its own, which takes bytes and no JSON. */
function addPartRoute(service: Service, { stores }: DataServiceDependencies): void {
  void service.register(async (plugin) => {
    const scope = plugin as Service;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(routes.sendPart.bodyType, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    addRoute(scope, routes.sendPart, async ({ params: { id, name }, query: { offset }, body }) => ({
      name,
      received: await stores.uploads.write(id, name, offset, bytesOf(body)),
    }));
  });
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new DayTradeError('input.invalid', 'body: expected the bytes of the part, got none', {
    details: { field: 'body' },
  });
}
