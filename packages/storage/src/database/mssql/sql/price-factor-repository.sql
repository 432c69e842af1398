-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "price_factors" with (holdlock)
using (
  select 1 as "one"
) as "source" on "price_factors"."symbol" = @1 and "price_factors"."date" = @2 and "price_factors"."kind" = @3 and
  "price_factors"."known_on" = @4
when matched then update
set "value" = @5, "source" = @6
when not matched then insert ("symbol", "date", "kind", "value", "known_on", "source")
values (@7, @8, @9, @10, @11, @12);
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
