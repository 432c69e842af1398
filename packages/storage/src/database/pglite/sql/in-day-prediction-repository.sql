-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
begin;
insert into "in_day_predictions" ("symbol", "name", "session", "horizon", "known_at", "price", "previous_session",
  "previous_close", "centre", "lower", "upper", "coverage", "price_basis", "model_version", "interval_method",
  "made_at", "synthetic")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
on conflict ("session", "horizon", "symbol", "model_version") do nothing;
commit;

-- ofSession
select distinct "horizon"
from "in_day_predictions"
where "synthetic" = $1 and "session" = $2;

-- ofHorizon
select distinct "session", "horizon", "model_version", "made_at"
from "in_day_predictions"
where "synthetic" = $1 and "session" = $2 and "horizon" = $3
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "in_day_predictions"
where "session" = $1 and "horizon" = $2 and "model_version" = $3
order by "symbol";

-- ofSymbol
select distinct "session", "horizon", "model_version", "made_at"
from "in_day_predictions"
where "synthetic" = $1 and "session" = $2
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "in_day_predictions"
where "session" = $1 and "symbol" = $2 and "synthetic" = $3;

-- byModel
select *
from "in_day_predictions"
where "session" = $1 and "horizon" = $2 and "model_version" = $3
order by "symbol";

-- newestSessions
select distinct "session", "horizon", "model_version", "made_at"
from "in_day_predictions"
where "synthetic" = $1 and "session" in (
  select distinct "session"
  from "in_day_predictions"
  where "synthetic" = $2
  order by "session" desc
  limit $3
)
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select "symbol", "session", "horizon", "model_version", "previous_session", "previous_close", "lower", "upper",
  "price_basis", "made_at"
from "in_day_predictions"
where "synthetic" = $1 and "session" >= $2
order by "session", "symbol";

-- newestMadeAt
select max("made_at") as "made_at"
from "in_day_predictions"
where "session" = (
  select max("session") as "session"
  from "in_day_predictions"
);

-- remove
delete from "in_day_predictions"
where "synthetic" = $1;
