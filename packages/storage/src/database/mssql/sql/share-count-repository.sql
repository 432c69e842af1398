-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "share_counts" with (holdlock)
using (values (@1, @2, @3, @4, @5)) as "source" ("symbol", "date", "period_end", "shares", "source") on
  "share_counts"."symbol" = "source"."symbol" collate Latin1_General_100_BIN2 and "share_counts"."date" =
  "source"."date" collate Latin1_General_100_BIN2
when matched then update
set "period_end" = "source"."period_end", "shares" = "source"."shares", "source" = "source"."source"
when not matched then insert ("symbol", "date", "period_end", "shares", "source")
values ("source"."symbol", "source"."date", "source"."period_end", "source"."shares", "source"."source");
commit;

-- of
select *
from "share_counts"
where "symbol" = @1
order by "date";

-- asOf
select *
from "share_counts"
where "date" <= @1
order by "symbol", "date";
