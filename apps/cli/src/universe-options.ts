/** Options for the fields of a request that goes by the members of a set of symbols. */
export const universeFields = {
  universe: {
    help: 'only members of listed, topix, topix500, topix100 or nikkei225, each at the sessions at which it was one',
  },
  formerMembers: {
    switch: 'off',
    help: "beside --universe: today's members at all sessions, as if it had been known who stays",
  },
} as const;
