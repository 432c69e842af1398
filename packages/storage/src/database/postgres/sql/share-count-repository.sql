-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
insert into "share_counts" ("symbol", "date", "period_end", "shares", "source")
values ($1, $2, $3, $4, $5)
on conflict ("symbol", "date") do update
set "period_end" = $6, "shares" = $7, "source" = $8;
commit;

-- of
select *
from "share_counts"
where "symbol" = $1
order by "date";

-- asOf
select *
from "share_counts"
where "date" <= $1
order by "symbol", "date";
