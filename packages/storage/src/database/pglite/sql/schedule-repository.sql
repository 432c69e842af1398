-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- list
select *
from "schedules"
order by "job";

-- serve
insert into "schedules" ("job", "served_until", "paused", "changed_at", "changed_by", "reason")
values ($1, $2, $3, $4, $5, $6)
on conflict ("job") do nothing;
update "schedules"
set "served_until" = $1
where "job" = $2 and ("served_until" is null or "served_until" < $3);

-- switch
insert into "schedules" ("job", "served_until", "paused", "changed_at", "changed_by", "reason")
values ($1, $2, $3, $4, $5, $6)
on conflict ("job") do nothing;
update "schedules"
set "paused" = $1, "changed_at" = $2, "changed_by" = $3, "reason" = $4
where "job" = $5
returning *;
