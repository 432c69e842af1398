/** The version of the platform: of the command line, and of the services that it runs. */
export const version = '0.1.0';
