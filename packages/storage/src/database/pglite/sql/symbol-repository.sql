-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
insert into "symbols" ("symbol", "name", "sector", "size_group", "tick_table", "lot", "price_basis", "synthetic",
  "first_date", "last_date", "bars", "shares_outstanding")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict ("symbol") do update
set "name" = $13, "sector" = $14, "size_group" = $15, "tick_table" = $16, "lot" = $17, "price_basis" = $18,
  "synthetic" = $19, "first_date" = $20, "last_date" = $21, "bars" = $22, "shares_outstanding" = $23;
commit;

-- list
select *
from "symbols"
order by "symbol";

-- find
select *
from "symbols"
where "symbol" = $1;

-- remove
delete from "symbols"
where "symbol" in ($1, $2);
