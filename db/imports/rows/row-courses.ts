import { type RawBuilder, sql } from 'kysely'

/** FROM item with the titles of the row `source` and their courses (`title.resolved_id`). */
export const titlesOfRow = (importId: RawBuilder<unknown>) => sql`unnest(source.titles) AS named (ref)
      JOIN import_refs title ON title.import_id = ${importId} AND title.ref = named.ref`

/** Query of the courses (`course_id`) of the row `source`, each once: from its titles and from the option `enrol`. */
export const coursesOfRow = sql`
  SELECT title.resolved_id AS course_id FROM ${titlesOfRow(sql`source.import_id`)}
  UNION SELECT for_all.course_id FROM import_courses for_all WHERE for_all.import_id = source.import_id`

/**
 * Query of the courses of all rows of `source`, with the reason for each. It joins whole sets, because a batch has
 * 10,000 rows and `coursesOfRow` would run once for each row.
 */
export function coursesOfRows(importId: string, enrols: boolean): RawBuilder<unknown> {
  const own = sql`
    SELECT source.row_no, title.resolved_id AS course_id, NULL::uuid AS collection_id, NULL::uuid AS campaign_id
      FROM source CROSS JOIN ${titlesOfRow(sql`${importId}`)}`
  if (!enrols) return own
  return sql`${own}
    UNION ALL
    SELECT source.row_no, for_all.course_id, for_all.collection_id, for_all.campaign_id
      FROM source CROSS JOIN import_courses for_all WHERE for_all.import_id = ${importId}`
}
