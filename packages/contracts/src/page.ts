import { z } from 'zod';

/** `GET /api/page` of the page's own server: what the page cannot know without it. */
const pageFactsSchema = z.object({
  command: z.string().meta({
    description:
      'How the command line is called where the server was started: `./daytrade` in a clone, else `daytrade`',
  }),
});
export type PageFacts = z.infer<typeof pageFactsSchema>;
