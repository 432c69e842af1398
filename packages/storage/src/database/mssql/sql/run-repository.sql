-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- create
select *
from "runs"
where "job" = @1 and "key" = @2 and "status" in (@3, @4, @5)
order by "queued_at" desc
offset @6 rows fetch next @7 rows only;
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
output "inserted".*
values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18, @19);

-- create, when there must be room
select *
from "runs"
where "job" = @1 and "key" = @2 and "status" in (@3, @4, @5)
order by "queued_at" desc
offset @6 rows fetch next @7 rows only;
select count(*) as "in_all", count(case when "job" = @1 then 1 end) as "of_job"
from "runs"
where "status" in (@2, @3);
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
output "inserted".*
values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18, @19);

-- create, of a schedule
select *
from "runs"
where "job" = @1 and "key" = @2
order by "queued_at" desc
offset @3 rows fetch next @4 rows only;
begin;
merge into "run_keys" with (holdlock)
using (values (@1, @2, @3)) as "source" ("job", "key", "run") on "run_keys"."job" = "source"."job" collate
  Latin1_General_100_BIN2 and "run_keys"."key" = "source"."key" collate Latin1_General_100_BIN2
when not matched then insert ("job", "key", "run")
values ("source"."job", "source"."key", "source"."run");
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
output "inserted".*
values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18, @19);
commit;

-- create, that repeats another
select *
from "runs"
where "job" = @1 and "key" = @2 and ("status" in (@3, @4, @5) or "replay_of" = @6)
order by "queued_at" desc
offset @7 rows fetch next @8 rows only;
begin;
merge into "run_keys" with (holdlock)
using (values (@1, @2, @3)) as "source" ("job", "key", "run") on "run_keys"."job" = "source"."job" collate
  Latin1_General_100_BIN2 and "run_keys"."key" = "source"."key" collate Latin1_General_100_BIN2
when not matched then insert ("job", "key", "run")
values ("source"."job", "source"."key", "source"."run");
insert into "runs" ("id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "payload", "progress", "result",
  "error", "dependencies")
output "inserted".*
values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18, @19);
commit;

-- find
select *
from "runs"
where "id" = @1;

-- list
select "id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts", "progress",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "dependencies", case when
  datalength("payload") > @1 then json_object('truncated': cast(1 as bit)) else "payload" end as "payload", case
  when datalength("result") > @2 then json_object('truncated': cast(1 as bit)) else "result" end as "result", case
  when datalength("error") > @3 then json_object('code': (
  select "field"
  from openjson("error") with ("field" nvarchar(max) '$.code')
), 'message': left((
  select "field"
  from openjson("error") with ("field" nvarchar(max) '$.message')
), 500), 'details': json_object('truncated': cast(1 as bit))) else "error" end as "error"
from "runs"
order by "queued_at" desc, "id" desc
offset @4 rows fetch next @5 rows only;

-- list, by everything
select "id", "job", "key", "trigger", "request_id", "status", "attempt", "max_attempts", "progress",
  "scheduled_for", "queued_at", "started_at", "finished_at", "replay_of", "missed", "dependencies", case when
  datalength("payload") > @1 then json_object('truncated': cast(1 as bit)) else "payload" end as "payload", case
  when datalength("result") > @2 then json_object('truncated': cast(1 as bit)) else "result" end as "result", case
  when datalength("error") > @3 then json_object('code': (
  select "field"
  from openjson("error") with ("field" nvarchar(max) '$.code')
), 'message': left((
  select "field"
  from openjson("error") with ("field" nvarchar(max) '$.message')
), 500), 'details': json_object('truncated': cast(1 as bit))) else "error" end as "error"
from "runs"
where "job" = @4 and "status" = @5 and "key" like @6 escape '\' and (("status" in (@7, @8) or ("status" = @9 and
  "error" is not null)) and not exists (
  select "later"."id"
  from "runs" as "later"
  where "later"."replay_of" = "runs"."id"
)) and (
  select "field"
  from openjson("payload") with ("field" nvarchar(max) '$.dryRun')
) is distinct from @10 and "queued_at" >= @11 and "queued_at" < @12 and "scheduled_for" is not null
order by "scheduled_for" desc, "queued_at" desc, "id" desc
offset @13 rows fetch next @14 rows only;

-- update
update "runs"
set "status" = @1, "attempt" = @2
output "inserted".*
where "id" = @3 and "attempt" = @4 and "status" = @5 and "status" in (@6, @7, @8);

-- unfinished
select "id", "job", "status", "attempt", "queued_at"
from "runs"
where "status" in (@1, @2)
order by "queued_at", "id";

-- prune
select "id"
from "runs"
where ("finished_at" < @1 and "status" not in (@2, @3, @4) and (not "status" = @5 or ("job" not in (@6, @7) and
  exists (
  select "newer"."id"
  from "runs" as "newer"
  where "newer"."job" = "runs"."job" and "newer"."status" = @8 and ((
    select "field"
    from openjson("newer"."payload") with ("field" nvarchar(max) '$.dryRun')
  ) is distinct from @9 or (
    select "field"
    from openjson("runs"."payload") with ("field" nvarchar(max) '$.dryRun')
  ) = @10) and "newer"."queued_at" > "runs"."queued_at"
))) and not exists (
  select "later"."id"
  from "runs" as "later"
  where "later"."replay_of" = "runs"."id" and ("later"."finished_at" is null or "later"."finished_at" >= @11)
))
order by "id"
offset @12 rows fetch next @13 rows only;
begin;
delete from "run_keys"
where "run" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
delete from "runs"
where "id" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
commit;
