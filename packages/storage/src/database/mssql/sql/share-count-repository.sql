-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "share_counts" with (holdlock)
using (
  select 1 as "one"
) as "source" on "share_counts"."symbol" = @1 and "share_counts"."date" = @2
when matched then update
set "period_end" = @3, "shares" = @4, "source" = @5
when not matched then insert ("symbol", "date", "period_end", "shares", "source")
values (@6, @7, @8, @9, @10);
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
