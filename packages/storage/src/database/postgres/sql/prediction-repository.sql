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
select distinct "predictions"."session", "predictions"."model_version", "predictions"."made_at"
from "predictions"
where "predictions"."synthetic" = $1 and "predictions"."session" = $2
order by "predictions"."session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select coalesce("predictions"."price_basis", "symbols"."price_basis") as "price_basis", "predictions"."session",
  "predictions"."symbol", "predictions"."model_version", "predictions"."name", "predictions"."last_session",
  "predictions"."last_close", "predictions"."expected_dividend", "predictions"."centre", "predictions"."lower",
  "predictions"."upper", "predictions"."coverage", "predictions"."probability_up", "predictions"."interval_method",
  "predictions"."made_at", "predictions"."synthetic"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."session" = $1 and "predictions"."model_version" = $2
order by "predictions"."symbol";

-- forSession
select distinct "predictions"."session", "predictions"."model_version", "predictions"."made_at"
from "predictions"
where "predictions"."synthetic" = $1 and "predictions"."session" = $2
order by "predictions"."session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select coalesce("predictions"."price_basis", "symbols"."price_basis") as "price_basis", "predictions"."session",
  "predictions"."symbol", "predictions"."model_version", "predictions"."name", "predictions"."last_session",
  "predictions"."last_close", "predictions"."expected_dividend", "predictions"."centre", "predictions"."lower",
  "predictions"."upper", "predictions"."coverage", "predictions"."probability_up", "predictions"."interval_method",
  "predictions"."made_at", "predictions"."synthetic"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."session" = $1 and "predictions"."model_version" = $2
order by "predictions"."symbol";

-- byModel
select coalesce("predictions"."price_basis", "symbols"."price_basis") as "price_basis", "predictions"."session",
  "predictions"."symbol", "predictions"."model_version", "predictions"."name", "predictions"."last_session",
  "predictions"."last_close", "predictions"."expected_dividend", "predictions"."centre", "predictions"."lower",
  "predictions"."upper", "predictions"."coverage", "predictions"."probability_up", "predictions"."interval_method",
  "predictions"."made_at", "predictions"."synthetic"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."session" = $1 and "predictions"."model_version" = $2
order by "predictions"."symbol";

-- history
select distinct "predictions"."session", "predictions"."model_version", "predictions"."made_at"
from "predictions"
where "predictions"."synthetic" = $1 and "predictions"."session" in (
  select distinct "session"
  from "predictions"
  where "synthetic" = $2 and "symbol" = $3
  order by "session" desc
  limit $4
)
order by "predictions"."session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select coalesce("predictions"."price_basis", "symbols"."price_basis") as "price_basis", "predictions"."session",
  "predictions"."symbol", "predictions"."model_version", "predictions"."name", "predictions"."last_session",
  "predictions"."last_close", "predictions"."expected_dividend", "predictions"."centre", "predictions"."lower",
  "predictions"."upper", "predictions"."coverage", "predictions"."probability_up", "predictions"."interval_method",
  "predictions"."made_at", "predictions"."synthetic"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."symbol" = $1 and "predictions"."synthetic" = $2 and "predictions"."session" >= $3
order by "predictions"."session";

-- newestSessions
select distinct "predictions"."session", "predictions"."model_version", "predictions"."made_at"
from "predictions"
where "predictions"."synthetic" = $1 and "predictions"."session" in (
  select distinct "session"
  from "predictions"
  where "synthetic" = $2
  order by "session" desc
  limit $3
)
order by "predictions"."session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select coalesce("predictions"."price_basis", "symbols"."price_basis") as "price_basis", "predictions"."symbol",
  "predictions"."session", "predictions"."last_session", "predictions"."last_close", "predictions"."lower",
  "predictions"."upper", "predictions"."made_at", "predictions"."model_version"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."synthetic" = $1 and "predictions"."session" >= $2
order by "predictions"."session", "predictions"."symbol";

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
