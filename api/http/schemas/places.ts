import { z } from '@hono/zod-openapi'

/** Items left out after a cursor: what a page may cost stays bounded, however long the list. */
const MAX_OFFSET = 10_000

/**
 * The place in a list that a page begins at, beside its cursor.
 *
 * @param counted the operation that gives cursors to jump from
 */
export const offsetQuery = (counted: string) => ({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_OFFSET)
    .default(0)
    .openapi({
      description: `Items left out after the cursor, to jump in a list: \`${counted}\` gives cursors for it.`,
    }),
})

/** What a count is asked for beside the filters of its list. */
export const everyQuery = {
  every: z.coerce
    .number()
    .int()
    .min(100)
    .max(MAX_OFFSET)
    .optional()
    .openapi({ description: 'The answer also has the cursor after every so many items.' }),
}

/** @param list the operation that lists what is counted */
export const countSchema = (list: string) =>
  z.object({
    count: z.int().openapi({ description: `How many \`${list}\` lists for the same filters.` }),
    cursors: z.array(z.string()).openapi({ description: 'For `every`; else none. With each, the list goes on there.' }),
  })
