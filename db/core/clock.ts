import { sql } from 'kysely'

/**
 * The database's time, read once per statement. As a scalar subquery it can bound an index scan. As a bare call of a
 * volatile function it cannot.
 */
export const clock = sql<Date>`(SELECT clock_timestamp())`
