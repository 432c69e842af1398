-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "symbols" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13)) as "source" ("symbol", "name", "sector",
  "size_group", "tick_table", "lot", "price_basis", "synthetic", "first_date", "last_date", "bars",
  "shares_outstanding", "asked_to") on "symbols"."symbol" = "source"."symbol" collate Latin1_General_100_BIN2
when matched then update
set "name" = "source"."name", "sector" = "source"."sector", "size_group" = "source"."size_group", "tick_table" =
  "source"."tick_table", "lot" = "source"."lot", "price_basis" = "source"."price_basis", "synthetic" =
  "source"."synthetic", "first_date" = "source"."first_date", "last_date" = "source"."last_date", "bars" =
  "source"."bars", "shares_outstanding" = "source"."shares_outstanding", "asked_to" = "source"."asked_to"
when not matched then insert ("symbol", "name", "sector", "size_group", "tick_table", "lot", "price_basis",
  "synthetic", "first_date", "last_date", "bars", "shares_outstanding", "asked_to")
values ("source"."symbol", "source"."name", "source"."sector", "source"."size_group", "source"."tick_table",
  "source"."lot", "source"."price_basis", "source"."synthetic", "source"."first_date", "source"."last_date",
  "source"."bars", "source"."shares_outstanding", "source"."asked_to");
commit;

-- list
select *
from "symbols"
order by "symbol";

-- find
select *
from "symbols"
where "symbol" = @1;

-- findMany
select *
from "symbols"
where "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
)
order by "symbol";

-- remove
delete from "symbols"
where "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
