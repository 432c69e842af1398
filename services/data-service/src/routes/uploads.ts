import {
  uploadFileParametersSchema,
  uploadParametersSchema,
  uploadPartBytes,
  uploadPartQuerySchema,
  uploadPartSchema,
  uploadRequestSchema,
  uploadSchema,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '@daytrade/service-kit';
import type { DataServiceDependencies } from '../dependencies.ts';
import { sweepUploads } from '../uploads/remove-uploads.ts';

const tags = ['bars'];
/** Names, lengths and hashes of some thousand files. */
const announcementBytes = 2 * 1_048_576;

/** `/v1/uploads`: files of bars from another machine, in parts. */
export function addUploadRoutes(service: Service, dependencies: DataServiceDependencies): void {
  const { settings, stores } = dependencies;
  service.post(
    '/v1/uploads',
    {
      bodyLimit: announcementBytes,
      schema: {
        summary: 'Announce files of bars, or find how much of them has come',
        description:
          'The same names and contents are the same upload, so that sending goes on where it stopped. Send the parts, then start a fetch with the id.',
        tags,
        body: uploadRequestSchema,
        response: { 201: uploadSchema },
      },
    },
    async ({ body }, reply) => {
      await sweepUploads(dependencies);
      const mostBytes = settings.DAYTRADE_UPLOAD_MEGABYTES * 1_048_576;
      return reply.code(201).send(await stores.uploads.announce(body, mostBytes));
    },
  );
  service.get(
    '/v1/uploads/:id',
    {
      schema: {
        summary: 'How much of an upload has come',
        tags,
        params: uploadParametersSchema,
        response: { 200: uploadSchema },
      },
    },
    async ({ params }) => await stores.uploads.find(params.id),
  );
  service.delete(
    '/v1/uploads/:id',
    {
      schema: {
        summary: 'Drop an upload',
        tags,
        params: uploadParametersSchema,
        response: { 200: uploadParametersSchema },
      },
    },
    async ({ params }) => {
      await stores.uploads.delete(params.id);
      return { id: params.id };
    },
  );
  addPartRoute(service, dependencies);
}

const bodyType = 'application/octet-stream';

/** In a scope of its own, which takes bytes and no JSON. */
function addPartRoute(service: Service, { stores }: DataServiceDependencies): void {
  void service.register(async (plugin) => {
    const scope = plugin as Service;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(bodyType, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    scope.put(
      '/v1/uploads/:id/files/:name',
      {
        bodyLimit: uploadPartBytes,
        config: { bodyType },
        schema: {
          summary: 'Send the next part of a file',
          description: `The body is application/octet-stream: ${uploadPartBytes} bytes, or the rest of the file. A part that does not follow what has come is answered with 409 and details.received, the offset to go on with.`,
          tags,
          params: uploadFileParametersSchema,
          querystring: uploadPartQuerySchema,
          response: { 200: uploadPartSchema },
        },
      },
      async ({ params: { id, name }, query: { offset }, body }) => ({
        name,
        received: await stores.uploads.write(id, name, offset, bytesOf(body)),
      }),
    );
  });
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new DayTradeError('input.invalid', 'body: expected the bytes of the part, got none', {
    details: { field: 'body' },
  });
}
