-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
begin;
insert into "predictions" ("symbol", "name", "session", "last_session", "last_close", "expected_dividend", "centre",
  "lower", "upper", "coverage", "probability_up", "price_basis", "model_version", "interval_method", "made_at",
  "synthetic")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
on conflict ("session", "symbol", "model_version") do nothing;
commit;

-- latest
select max("session") as "session"
from "predictions"
where "synthetic" = $1;
select distinct "session", "model_version", "made_at"
from "predictions"
where "synthetic" = $1 and "session" = $2
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "predictions"
where "session" = $1 and "model_version" = $2
order by "symbol";

-- forSession
select distinct "session", "model_version", "made_at"
from "predictions"
where "synthetic" = $1 and "session" = $2
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "predictions"
where "session" = $1 and "model_version" = $2
order by "symbol";

-- byModel
select *
from "predictions"
where "session" = $1 and "model_version" = $2
order by "symbol";

-- history
select distinct "session", "model_version", "made_at"
from "predictions"
where "synthetic" = $1 and "session" in (
  select distinct "session"
  from "predictions"
  where "synthetic" = $2 and "symbol" = $3
  order by "session" desc
  limit $4
)
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "predictions"
where "symbol" = $1 and "synthetic" = $2 and "session" >= $3
order by "session";

-- newestSessions
select distinct "session", "model_version", "made_at"
from "predictions"
where "synthetic" = $1 and "session" in (
  select distinct "session"
  from "predictions"
  where "synthetic" = $2
  order by "session" desc
  limit $3
)
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select "symbol", "session", "last_session", "last_close", "lower", "upper", "made_at", "price_basis",
  "model_version"
from "predictions"
where "synthetic" = $1 and "session" >= $2
order by "session", "symbol";

-- newestMadeAt
select max("made_at") as "made_at"
from "predictions"
where "session" = (
  select max("session") as "session"
  from "predictions"
);

-- remove
delete from "predictions"
where "synthetic" = $1;
