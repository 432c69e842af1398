-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- newestBook
select "book"
from "paper_events"
where "sequence" = @1
order by len("book") desc, "book" desc
offset @2 rows fetch next @3 rows only;

-- read
select "key", "session", "order", "kind", "body", "at", "by"
from "paper_events"
where "book" = @1
order by "sequence";

-- append
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select max("sequence") as "newest"
from "paper_events"
where "book" = @1;
insert into "paper_events" ("book", "sequence", "key", "session", "order", "kind", "at", "by", "body")
values (@1, @2, @3, @4, @5, @6, @7, @8, @9);
commit;
