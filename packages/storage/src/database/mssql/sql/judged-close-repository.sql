-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- keep
begin;
merge into "judged_closes" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6)) as "source" ("session", "symbol", "last_session", "close", "last_close",
  "judged_at") on "judged_closes"."session" = "source"."session" collate Latin1_General_100_BIN2 and
  "judged_closes"."symbol" = "source"."symbol" collate Latin1_General_100_BIN2 and "judged_closes"."last_session" =
  "source"."last_session" collate Latin1_General_100_BIN2
when not matched then insert ("session", "symbol", "last_session", "close", "last_close", "judged_at")
values ("source"."session", "source"."symbol", "source"."last_session", "source"."close", "source"."last_close",
  "source"."judged_at");
commit;

-- since
select *
from "judged_closes"
where "session" >= @1 and "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@2) with ("value" nvarchar(max) '$')
);

-- remove
delete from "judged_closes"
where "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
