-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
insert into "announcements" ("symbol", "date", "kind", "time", "source")
values ($1, $2, $3, $4, $5)
on conflict ("symbol", "date", "kind") do update
set "time" = $6, "source" = $7;
commit;

-- of
select *
from "announcements"
where "symbol" = $1
order by "date", "kind";

-- between
select *
from "announcements"
where "date" >= $1 and "date" <= $2
order by "symbol", "date", "kind";
