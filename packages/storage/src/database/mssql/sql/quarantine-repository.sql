-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- replaceForFile
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select distinct "file", "symbol"
from "quarantine"
where "file" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
insert into "quarantine" ("symbol", "date", "file", "line", "severity", "reason", "message", "row", "unlisted")
values (@1, @2, @3, @4, @5, @6, @7, @8, @9);
commit;

-- replaceForFile, no row was kept out, and one was before
select distinct "file", "symbol"
from "quarantine"
where "file" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select distinct "file", "symbol"
from "quarantine"
where "file" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
delete from "quarantine"
where "file" = @1 and "symbol" = @2;
commit;

-- replaceMany
select distinct "file", "symbol"
from "quarantine"
where "file" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select distinct "file", "symbol"
from "quarantine"
where "file" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
delete from "quarantine"
where "file" = @1 and "symbol" = @2;
insert into "quarantine" ("symbol", "date", "file", "line", "severity", "reason", "message", "row", "unlisted")
values (@1, @2, @3, @4, @5, @6, @7, @8, @9);
commit;

-- addForFile
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select "id", "symbol", "date", "file", "line", "severity", "reason", "message", "row", "unlisted"
from "quarantine"
where "file" = @1 and "symbol" = @2;
insert into "quarantine" ("symbol", "date", "file", "line", "severity", "reason", "message", "row", "unlisted")
values (@1, @2, @3, @4, @5, @6, @7, @8, @9);
commit;

-- addForFile, more rows of a reason that is listed
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select "id", "symbol", "date", "file", "line", "severity", "reason", "message", "row", "unlisted"
from "quarantine"
where "file" = @1 and "symbol" = @2;
update "quarantine"
set "unlisted" = @1
where "id" = @2;
commit;

-- list
select "reason", "severity", count(*) + sum("unlisted") as "rows"
from "quarantine"
where "symbol" = @1 and "reason" = @2 and "severity" = @3
group by "reason", "severity"
order by "rows" desc, "reason";
select "symbol", "date", "file", "line", "severity", "reason", "message", "row"
from "quarantine"
where "symbol" = @1 and "reason" = @2 and "severity" = @3
order by "file", "line", "id"
offset @4 rows fetch next @5 rows only;

-- counts
select "reason", "severity", count(*) + sum("unlisted") as "rows"
from "quarantine"
group by "reason", "severity"
order by "rows" desc, "reason";

-- remove
select sum("unlisted") as "unlisted"
from "quarantine"
where "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
delete from "quarantine"
where "symbol" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
