import { z } from '@hono/zod-openapi'

/** Maximum items to skip after a cursor. It bounds the cost of a page in a list of any length. */
const MAX_OFFSET = 10_000

/**
 * Lets a page begin a number of items after its cursor.
 *
 * @param counted the operation that returns cursors to jump from
 */
export const offsetQuery = (counted: string) => ({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_OFFSET)
    .default(0)
    .openapi({
      description: `Items to skip after the cursor, to jump in a list. \`${counted}\` returns cursors for it.`,
    }),
})

/** The query parameter of a count, in addition to the filters of its list. */
export const everyQuery = {
  every: z.coerce
    .number()
    .int()
    .min(100)
    .max(MAX_OFFSET)
    .optional()
    .openapi({ description: 'Also return the cursor after each group of this many items.' }),
}

/** @param list the operation that lists the counted items */
export const countSchema = (list: string) =>
  z.object({
    count: z.int().openapi({ description: `Number of items that \`${list}\` lists for the same filters.` }),
    cursors: z.array(z.string()).openapi({ description: 'Cursors to continue the list from. Empty without `every`.' }),
  })
