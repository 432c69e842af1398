-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
insert into "sources" ("id", "provider", "request", "fetched_at")
values ($1, $2, $3, $4)
on conflict ("id") do update
set "provider" = $5, "request" = $6, "fetched_at" = $7;

-- list
select *
from "sources"
order by "fetched_at" desc;
