-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
insert into "symbols" ("symbol", "name", "sector", "size_group", "tick_table", "lot", "price_basis", "synthetic",
  "first_date", "last_date", "bars", "shares_outstanding", "asked_to")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict ("symbol") do update
set "name" = "excluded"."name", "sector" = "excluded"."sector", "size_group" = "excluded"."size_group", "tick_table"
  = "excluded"."tick_table", "lot" = "excluded"."lot", "price_basis" = "excluded"."price_basis", "synthetic" =
  "excluded"."synthetic", "first_date" = "excluded"."first_date", "last_date" = "excluded"."last_date", "bars" =
  "excluded"."bars", "shares_outstanding" = "excluded"."shares_outstanding", "asked_to" = "excluded"."asked_to";
commit;

-- list
select *
from "symbols"
order by "symbol";

-- find
select *
from "symbols"
where "symbol" = $1;

-- findMany
select *
from "symbols"
where "symbol" in ($1, $2)
order by "symbol";

-- remove
delete from "symbols"
where "symbol" in ($1, $2);
