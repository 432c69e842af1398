/** Views of the catalogue that kysely reads to know which tables there are, on PostgreSQL's. */
export const catalogue: readonly string[] = [
  'create schema sys',
  `create view sys.schemas as select nspname::text as name, oid::int as schema_id from pg_namespace`,
  `create view sys.tables as
     select relname::text as name, 'U ' as type, relnamespace::int as schema_id, oid::int as object_id
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  `create view sys.views as
     select relname::text as name, 'V ' as type, relnamespace::int as schema_id, oid::int as object_id
     from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace`,
  `create view sys.columns as
     select attrelid::int as object_id, attname::text as name, attnum::int as column_id, atttypid::int as user_type_id,
       atthasdef::int as default_object_id, 'NOT_APPLICABLE' as generated_always_type_desc, false as is_computed,
       attidentity <> '' as is_identity, not attnotnull as is_nullable, false as is_rowguidcol
     from pg_attribute where attnum > 0 and not attisdropped`,
  `create view sys.types as
     select typname::text as name, oid::int as user_type_id, typnamespace::int as schema_id, true as is_nullable
     from pg_type`,
  `create view sys.extended_properties as
     select 0 as major_id, 0 as minor_id, ''::text as name, ''::text as value where false`,
];
