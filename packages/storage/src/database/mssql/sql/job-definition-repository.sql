-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- list
select *
from "job_settings"
order by "job";

-- save
begin;
merge into "job_settings" with (holdlock)
using (values (@1, @2)) as "source" ("job", "settings") on "job_settings"."job" = "source"."job" collate
  Latin1_General_100_BIN2
when matched then update
set "settings" = "source"."settings"
when not matched then insert ("job", "settings")
values ("source"."job", "source"."settings");
insert into "job_changes" ("at", "by", "job", "action", "before", "after", "reason")
values (@1, @2, @3, @4, @5, @6, @7);
commit;

-- save, of a job that is no more
begin;
delete from "job_settings"
where "job" = @1;
insert into "job_changes" ("at", "by", "job", "action", "before", "after", "reason")
values (@1, @2, @3, @4, @5, @6, @7);
commit;

-- changes
select "at", "by", "job", "action", "before", "after", "reason"
from "job_changes"
order by "id" desc
offset @1 rows fetch next @2 rows only;

-- changes, of one job
select "at", "by", "job", "action", "before", "after", "reason"
from "job_changes"
where "job" = @1
order by "id" desc
offset @2 rows fetch next @3 rows only;
