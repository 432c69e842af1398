-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- add
merge into "notices" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10), (@11, @12, @13, @14, @15, @16, @17, @18, @19, @20)) as
  "source" ("kind", "subject", "channel", "notice", "made_at", "status", "attempts", "next_attempt_at", "sent_at",
  "error") on "notices"."kind" = "source"."kind" collate Latin1_General_100_BIN2 and "notices"."subject" =
  "source"."subject" collate Latin1_General_100_BIN2 and "notices"."channel" = "source"."channel" collate
  Latin1_General_100_BIN2
when not matched then insert ("kind", "subject", "channel", "notice", "made_at", "status", "attempts",
  "next_attempt_at", "sent_at", "error")
values ("source"."kind", "source"."subject", "source"."channel", "source"."notice", "source"."made_at",
  "source"."status", "source"."attempts", "source"."next_attempt_at", "source"."sent_at", "source"."error");

-- channelsOf
select "channel"
from "notices"
where "kind" = @1 and "subject" = @2;

-- claim
select "kind", "subject", "attempts"
from "notices"
where "channel" = @1 and "status" = @2 and "next_attempt_at" <= @3
order by "made_at", "kind", "subject"
offset @4 rows fetch next @5 rows only;
update "notices"
set "attempts" = @1, "next_attempt_at" = @2
output "inserted".*
where "kind" = @3 and "subject" = @4 and "channel" = @5 and "status" = @6 and "attempts" = @7;

-- settle
update "notices"
set "status" = @1, "sent_at" = @2, "error" = @3
where "kind" = @4 and "subject" = @5 and "channel" = @6 and "attempts" = @7;

-- list
select *
from "notices"
order by "made_at" desc, "kind", "subject", "channel"
offset @1 rows fetch next @2 rows only;

-- prune
select count(*) as "count"
from "notices"
where "made_at" < @1 and "status" <> @2;
delete from "notices"
where "made_at" < @1 and "status" <> @2;
