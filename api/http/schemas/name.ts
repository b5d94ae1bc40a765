import { z } from '@hono/zod-openapi'
import { storable } from './storable-text.ts'

/** Maximum characters of a name or title. An entry of a B-tree index holds at most 2,704 bytes. */
const MAX_NAME = 255

/** A name without surrounding white space and without characters that cannot be stored. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, { error: 'expected a name' })
  .max(MAX_NAME)
  .refine(...storable)
