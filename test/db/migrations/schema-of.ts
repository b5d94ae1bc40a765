import type pg from 'pg'

/**
 * Describes the schema `public` from PostgreSQL's catalogue. Returns one line for each column, constraint, index, trigger,
 * function, view and sequence, as the server prints it. Two databases with the same lines have the same schema, whichever
 * statements created them.
 */
export async function schemaOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(CATALOGUE)
  return rows.map(({ line }) => line)
}

const CATALOGUE = `
  SELECT format('column %s.%s (%s): %s, default %s, identity %s, not null %s, storage %s', c.relname, a.attname, c.relkind,
           format_type(a.atttypid, a.atttypmod), coalesce(pg_get_expr(d.adbin, d.adrelid), 'none'),
           quote_literal(a.attidentity::text), a.attnotnull, a.attstorage) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT format('constraint %s on %s: %s', k.conname, c.relname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
   WHERE k.connamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('index: %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL
  SELECT format('trigger: %s', pg_get_triggerdef(t.oid))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
  UNION ALL
  SELECT format('function: %s', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('view %s: %s', viewname, definition) FROM pg_views WHERE schemaname = 'public'
  UNION ALL
  SELECT format('sequence %s: %s, from %s by %s', sequencename, data_type, start_value, increment_by)
    FROM pg_sequences WHERE schemaname = 'public'
  ORDER BY line`
