-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- create
select *
from "runs"
where "job" = $1 and "key" = $2 and "status" in ($3, $4, $5)
order by "queued_at" desc
limit $6;
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict do nothing
returning *;

-- create, when there must be room
select *
from "runs"
where "job" = $1 and "key" = $2 and "status" in ($3, $4, $5)
order by "queued_at" desc
limit $6;
select count(*) as "in_all", count(case when "job" = $1 then 1 end) as "of_job"
from "runs"
where "status" in ($2, $3);
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict do nothing
returning *;

-- create, of a schedule
select *
from "runs"
where "job" = $1 and "key" = $2
order by "queued_at" desc
limit $3;
begin;
insert into "run_keys" ("job", "key", "run")
values ($1, $2, $3)
on conflict ("job", "key") do nothing;
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict do nothing
returning *;
commit;

-- create, that repeats another
select *
from "runs"
where "job" = $1 and "key" = $2 and ("status" in ($3, $4, $5) or "replay_of" = $6)
order by "queued_at" desc
limit $7;
begin;
insert into "run_keys" ("job", "key", "run")
values ($1, $2, $3)
on conflict ("job", "key") do nothing;
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict do nothing
returning *;
commit;

-- find
select *
from "runs"
where "id" = $1;

-- list
select *
from "runs"
order by "queued_at" desc, "id" desc
limit $1;

-- list, by everything
select *
from "runs"
where "job" = $1 and "status" = $2 and "key" like $3 and (("status" in ($4, $5) or ("status" = $6 and "error" is not
  null)) and not exists (
  select "later"."id"
  from "runs" as "later"
  where "later"."replay_of" = "runs"."id"
)) and "payload" ->> 'dryRun' is distinct from $7 and "queued_at" >= $8 and "queued_at" < $9 and "scheduled_for" is
  not null
order by "scheduled_for" desc, "queued_at" desc, "id" desc
limit $10;

-- update
update "runs"
set "status" = $1, "attempt" = $2
where "id" = $3 and "attempt" = $4 and "status" = $5 and "status" in ($6, $7, $8)
returning *;

-- unfinished
select "id", "job", "status", "attempt", "queued_at"
from "runs"
where "status" in ($1, $2)
order by "queued_at", "id";

-- prune
select "id"
from "runs"
where ("finished_at" < $1 and "status" not in ($2, $3, $4) and (not "status" = $5 or ("job" != $6 and exists (
  select "newer"."id"
  from "runs" as "newer"
  where "newer"."job" = "runs"."job" and "newer"."status" = $7 and ("newer"."payload" ->> 'dryRun' is distinct from
    $8 or "runs"."payload" ->> 'dryRun' = $9) and "newer"."queued_at" > "runs"."queued_at"
))) and not exists (
  select "later"."id"
  from "runs" as "later"
  where "later"."replay_of" = "runs"."id" and ("later"."finished_at" is null or "later"."finished_at" >= $10)
))
order by "id"
limit $11;
begin;
delete from "run_keys"
where "run" in ($1);
delete from "runs"
where "id" in ($1);
commit;
