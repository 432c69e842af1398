-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- put
merge into "objects" with (holdlock)
using (values (@1, @2, @3, sysdatetimeoffset())) as "source" ("key", "bytes", "version", "updated_at") on
  "objects"."key" = "source"."key" collate Latin1_General_100_BIN2
when matched then update
set "bytes" = "source"."bytes", "version" = "source"."version", "updated_at" = "source"."updated_at"
when not matched then insert ("key", "bytes", "version", "updated_at")
values ("source"."key", "source"."bytes", "source"."version", "source"."updated_at");

-- putIf, when there must be none
merge into "objects" with (holdlock)
using (values (@1, @2, @3, sysdatetimeoffset())) as "source" ("key", "bytes", "version", "updated_at") on
  "objects"."key" = "source"."key" collate Latin1_General_100_BIN2
when not matched then insert ("key", "bytes", "version", "updated_at")
values ("source"."key", "source"."bytes", "source"."version", "source"."updated_at");

-- putIf, in the place of one
update "objects"
set "bytes" = @1, "version" = @2, "updated_at" = sysdatetimeoffset()
where "key" = @3 and "version" = @4;

-- get
select "bytes", "version"
from "objects"
where "key" = @1;

-- getVersioned
select "bytes", "version"
from "objects"
where "key" = @1;

-- list
select "key"
from "objects"
where "key" like @1 escape '\'
order by "key";

-- entries
select "key", "version", "updated_at"
from "objects"
where "key" like @1 escape '\'
order by "key";

-- delete
delete from "objects"
where "key" = @1;
