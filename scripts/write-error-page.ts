// Writes docs/errors.md from the table of error codes: `node scripts/write-error-page.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCodeEntry, errorCodes } from '../packages/errors/src/index.ts';

const rows = Object.entries(errorCodes).map(
  ([code, entry]: [string, ErrorCodeEntry]) =>
    `| \`${code}\` | ${entry.kind} | ${entry.status} | ${entry.exitCode} | ${entry.retryable ? 'yes' : 'no'} | ${entry.title} | ${entry.remedy} |`,
);
const page = `# Error codes

Made from \`packages/errors/src/codes.ts\` by \`node scripts/write-error-page.ts\`; a test compares the two.

Every HTTP answer of 400 or more is an RFC 9457 problem document with one of these codes, and every command that fails ends with
the exit code beside it: 2 bad input, 3 not found or not ready, 4 a conflict, 5 a dependency failed, 70 a bug, 130 cancelled.

| code | kind | HTTP status | exit code | worth a retry | what it means | what to do |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
writeFileSync(join(import.meta.dirname, '..', 'docs', 'errors.md'), page);
