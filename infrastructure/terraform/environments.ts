/** The environments of every cloud, each with a variables file of its name in the root of the cloud. */
export const environmentNames = ['development', 'staging', 'production'] as const;
export type EnvironmentName = (typeof environmentNames)[number];
