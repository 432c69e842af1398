import { type Kysely, sql } from 'kysely';
import type { SchemaMigrations } from './migrations.ts';

type Translate = (statement: string) => string;

/**
 * All tables of the first version. `quarantine.date` is text as written in the source, which may be no date.
 * `reports.outcome_hash` is the SHA-256 of the predictions with their closes; another hash makes another revision.
 */
const createTables = `
create table "symbols" (
  "symbol" varchar(4) primary key, "name" text not null, "sector" text, "size_group" text,
  "tick_table" varchar(16) not null, "lot" integer not null, "price_basis" varchar(16) not null,
  "synthetic" boolean not null, "first_date" date not null, "last_date" date not null, "bars" integer not null,
  "shares_outstanding" double precision, "asked_to" date
);
create table "price_factors" (
  "symbol" varchar(4) not null, "date" date not null, "kind" varchar(16) not null, "known_on" date not null,
  "value" double precision not null, "source" varchar(64) not null,
  constraint "price_factors_key" primary key ("symbol", "date", "kind", "known_on")
);
create table "share_counts" (
  "symbol" varchar(4) not null, "date" date not null, "period_end" date not null, "shares" double precision not null,
  "source" varchar(64) not null,
  constraint "share_counts_key" primary key ("symbol", "date")
);
create table "announcements" (
  "symbol" varchar(4) not null, "date" date not null, "kind" varchar(8) not null, "time" varchar(5),
  "source" varchar(64) not null, "known_since" timestamptz, "known_until" timestamptz,
  constraint "announcements_key" primary key ("symbol", "date", "kind")
);
create table "index_values" (
  "name" varchar(16) not null, "synthetic" boolean not null, "date" date not null, "value" double precision not null,
  "source" varchar(64) not null, "fetched_at" timestamptz not null,
  constraint "index_values_key" primary key ("name", "synthetic", "date")
);
create table "quarantine" (
  "id" integer generated always as identity primary key, "symbol" text not null, "date" text not null,
  "file" text not null, "line" integer not null, "severity" varchar(16) not null, "reason" varchar(64) not null,
  "message" text not null, "row" text not null, "unlisted" integer default 0 not null
);
create table "models" (
  "version" varchar(64) primary key, "created_at" timestamptz not null, "synthetic" boolean not null,
  "seed" double precision not null, "trained_from" date not null, "trained_to" date not null,
  "symbols" integer not null, "rows" integer not null, "features" integer not null, "data_hash" varchar(64) not null,
  "artifact_hash" varchar(64) not null, "artifact_bytes" integer not null,
  "training_seconds" double precision not null, "members" json not null, "coverage" double precision,
  "mean_width_bp" double precision, "winkler_bp" double precision, "hit_rate" double precision
);
create table "activations" (
  "id" integer generated always as identity primary key, "at" timestamptz not null,
  "version" varchar(64) not null references "models" ("version"),
  "previous" varchar(64) references "models" ("version"), "action" varchar(16) not null, "by" varchar(200)
);
create table "predictions" (
  "session" date not null, "symbol" varchar(4) not null, "model_version" varchar(64) not null, "name" text not null,
  "last_session" date not null, "last_close" double precision not null, "centre" double precision not null,
  "lower" double precision not null, "upper" double precision not null, "coverage" double precision not null,
  "probability_up" double precision not null, "interval_method" text not null, "made_at" timestamptz not null,
  "synthetic" boolean not null, "price_basis" varchar(16), "expected_dividend" double precision,
  constraint "predictions_key" primary key ("session", "symbol", "model_version")
);
create index "predictions_by_symbol" on "predictions" ("symbol", "session");
create table "in_day_predictions" (
  "session" date not null, "symbol" varchar(4) not null, "horizon" varchar(16) not null,
  "model_version" varchar(64) not null, "name" text not null, "known_at" timestamptz not null,
  "price" double precision not null, "previous_session" date not null, "previous_close" double precision not null,
  "centre" double precision not null, "lower" double precision not null, "upper" double precision not null,
  "coverage" double precision not null, "price_basis" varchar(16) not null, "interval_method" text not null,
  "made_at" timestamptz not null, "synthetic" boolean not null,
  constraint "in_day_predictions_key" primary key ("session", "horizon", "symbol", "model_version")
);
create table "runs" (
  "id" varchar(64) primary key, "job" varchar(64) not null, "key" varchar(256) not null,
  "trigger" varchar(16) not null, "status" varchar(16) not null, "attempt" integer not null,
  "max_attempts" integer not null, "payload" json not null, "progress" json, "result" json, "error" json,
  "scheduled_for" timestamptz, "queued_at" timestamptz not null, "started_at" timestamptz, "finished_at" timestamptz,
  "request_id" varchar(128), "replay_of" varchar(64), "missed" integer, "dependencies" json
);
create index "runs_by_job" on "runs" ("job", "queued_at");
create unique index "runs_unfinished" on "runs" ("job", "key") where "status" in ('queued', 'running');
create unique index "runs_scheduled" on "runs" ("job", "key") where "trigger" in ('schedule', 'misfire');
create table "run_keys" (
  "job" varchar(64) not null, "key" varchar(256) not null, "run" varchar(64) not null,
  constraint "run_keys_key" primary key ("job", "key")
);
create index "run_keys_by_run" on "run_keys" ("run");
create table "schedules" (
  "job" varchar(64) primary key, "served_until" timestamptz, "paused" boolean default false not null,
  "changed_at" timestamptz, "changed_by" varchar(200), "reason" text
);
create table "evaluations" (
  "id" varchar(64) primary key, "made_at" timestamptz not null, "report" json not null, "judged_object" text not null
);
create table "reports" (
  "session" date not null, "synthetic" boolean not null, "revision" integer not null, "made_at" timestamptz not null,
  "outcome_hash" varchar(64) not null, "object" text not null, "published" integer not null,
  "judged" integer not null, "inside" integer not null,
  constraint "reports_key" primary key ("session", "synthetic", "revision")
);
create table "notices" (
  "kind" varchar(32) not null, "subject" varchar(128) not null, "channel" varchar(16) not null,
  "notice" json not null, "made_at" timestamptz not null, "status" varchar(16) not null, "attempts" integer not null,
  "next_attempt_at" timestamptz not null, "sent_at" timestamptz, "error" text,
  constraint "notices_key" primary key ("kind", "subject", "channel")
);
create table "paper_events" (
  "book" varchar(64) not null, "sequence" integer not null, "key" varchar(200) not null, "session" date,
  "order" varchar(160), "kind" varchar(16) not null, "body" json not null, "at" timestamptz not null,
  "by" varchar(200) not null,
  constraint "paper_events_primary_key" primary key ("book", "sequence"),
  constraint "paper_events_once" unique ("book", "key")
);
create table "objects" (
  "key" varchar(500) collate "C" primary key, "bytes" bytea not null, "version" varchar(64) not null,
  "updated_at" timestamptz not null
);
create table "judged_closes" (
  "session" date not null, "symbol" varchar(4) not null, "last_session" date not null,
  "close" double precision not null, "last_close" double precision, "judged_at" timestamptz not null,
  constraint "judged_closes_key" primary key ("session", "symbol", "last_session")
)`;

const createSources = `
create table "sources" (
  "id" varchar(64) primary key, "provider" varchar(16) not null, "request" json not null,
  "fetched_at" timestamptz not null
)`;

/**
 * Returns the migrations of a database.
 *
 * @param own statements that only this database needs
 * @param translate default: PostgreSQL's statements as they are
 */
export function schemaMigrations(own: string, translate?: Translate): SchemaMigrations {
  return {
    '0001-first-schema': { up: (db) => execute(db, `${createTables};${own}`, translate) },
    '0002-sources': { up: (db) => execute(db, createSources, translate) },
  };
}

async function execute(db: Kysely<unknown>, statements: string, translate: Translate = (same) => same): Promise<void> {
  for (const statement of statements.split(';')) await sql.raw(translate(statement.trim())).execute(db);
}
