-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
insert into "price_factors" ("symbol", "date", "kind", "value", "known_on", "source")
values ($1, $2, $3, $4, $5, $6)
on conflict ("symbol", "date", "kind", "known_on") do update
set "value" = $7, "source" = $8;
commit;

-- all
select "date", "kind", "value", "known_on", "source", "symbol"
from "price_factors"
order by "symbol", "date", "kind", "known_on";

-- of
select "date", "kind", "value", "known_on", "source"
from "price_factors"
where "symbol" = $1
order by "date", "kind", "known_on";
