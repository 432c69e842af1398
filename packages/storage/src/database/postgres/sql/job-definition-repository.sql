-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- list
select *
from "job_settings"
order by "job";

-- save
begin;
insert into "job_settings" ("job", "settings")
values ($1, $2)
on conflict ("job") do update
set "settings" = $3;
insert into "job_changes" ("at", "by", "job", "action", "before", "after", "reason")
values ($1, $2, $3, $4, $5, $6, $7);
commit;

-- save, of a job that is no more
begin;
delete from "job_settings"
where "job" = $1;
insert into "job_changes" ("at", "by", "job", "action", "before", "after", "reason")
values ($1, $2, $3, $4, $5, $6, $7);
commit;

-- changes
select "at", "by", "job", "action", "before", "after", "reason"
from "job_changes"
order by "id" desc
limit $1;

-- changes, of one job
select "at", "by", "job", "action", "before", "after", "reason"
from "job_changes"
where "job" = $1
order by "id" desc
limit $2;
