import { suite } from '../suite.ts';

/** The stores on a PostgreSQL server and on a server of the S3 API, which the tests start. */
export default suite('postgres', { testTimeout: 60_000, hookTimeout: 180_000 });
