-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "symbols" with (holdlock)
using (
  select 1 as "one"
) as "source" on "symbols"."symbol" = @1
when matched then update
set "name" = @2, "sector" = @3, "size_group" = @4, "tick_table" = @5, "lot" = @6, "price_basis" = @7, "synthetic" =
  @8, "first_date" = @9, "last_date" = @10, "bars" = @11, "shares_outstanding" = @12
when not matched then insert ("symbol", "name", "sector", "size_group", "tick_table", "lot", "price_basis",
  "synthetic", "first_date", "last_date", "bars", "shares_outstanding")
values (@13, @14, @15, @16, @17, @18, @19, @20, @21, @22, @23, @24);
commit;

-- list
select *
from "symbols"
order by "symbol";

-- find
select *
from "symbols"
where "symbol" = @1;

-- remove
delete from "symbols"
where "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
