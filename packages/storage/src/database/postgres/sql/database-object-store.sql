-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- put
insert into "objects" ("key", "bytes", "version", "updated_at")
values ($1, $2, $3, clock_timestamp())
on conflict ("key") do update
set "bytes" = $4, "version" = $5, "updated_at" = clock_timestamp();

-- putIf, when there must be none
insert into "objects" ("key", "bytes", "version", "updated_at")
values ($1, $2, $3, clock_timestamp())
on conflict ("key") do nothing;

-- putIf, in the place of one
update "objects"
set "bytes" = $1, "version" = $2, "updated_at" = clock_timestamp()
where "key" = $3 and "version" = $4;

-- get
select "bytes", "version"
from "objects"
where "key" = $1;

-- getVersioned
select "bytes", "version"
from "objects"
where "key" = $1;

-- list
select "key"
from "objects"
where "key" like $1
order by "key";

-- entries
select "key", "version", "updated_at"
from "objects"
where "key" like $1
order by "key";

-- delete
delete from "objects"
where "key" = $1;
