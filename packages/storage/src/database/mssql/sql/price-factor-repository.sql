-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "price_factors" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6)) as "source" ("symbol", "date", "kind", "value", "known_on", "source") on
  "price_factors"."symbol" = "source"."symbol" collate Latin1_General_100_BIN2 and "price_factors"."date" =
  "source"."date" collate Latin1_General_100_BIN2 and "price_factors"."kind" = "source"."kind" collate
  Latin1_General_100_BIN2 and "price_factors"."known_on" = "source"."known_on" collate Latin1_General_100_BIN2
when matched then update
set "value" = "source"."value", "source" = "source"."source"
when not matched then insert ("symbol", "date", "kind", "value", "known_on", "source")
values ("source"."symbol", "source"."date", "source"."kind", "source"."value", "source"."known_on",
  "source"."source");
commit;

-- all
select "date", "kind", "value", "known_on", "source", "symbol"
from "price_factors"
order by "symbol", "date", "kind", "known_on";

-- of
select "date", "kind", "value", "known_on", "source"
from "price_factors"
where "symbol" = @1
order by "date", "kind", "known_on";
