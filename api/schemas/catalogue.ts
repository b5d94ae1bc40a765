import { z } from '@hono/zod-openapi'
import { plainText } from '../plain-text.ts'
import { idSchema } from './common.ts'

/** Characters of a name or title: an entry of a B-tree holds no more than 2,704 bytes. */
const MAX_NAME = 255

/** A name as people compare it: no space around it, and nothing in it that cannot be stored. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, { error: 'expected a name' })
  .max(MAX_NAME)
  .refine((name) => name === plainText(name), { error: 'holds characters that cannot be stored' })
  .openapi({ example: 'Blue Harbour' })

/** What is no more than its name. */
export const nameBody = z.strictObject({ name: nameSchema })
export const nameFilter = z.string().optional().openapi({ description: 'Exactly.' })

export const idsSchema = z
  .array(idSchema.toLowerCase())
  .max(10_000)
  .transform((ids) => [...new Set(ids)])

const id = z.string().openapi({ format: 'uuid' })

export const companySchema = z.object({ id, name: z.string() }).openapi('Company')
export const courseSchema = z
  .object({ id, title: z.string(), companies: z.array(z.string()).openapi({ description: 'Those that may use it.' }) })
  .openapi('Course')
export const cohortSchema = z.object({ id, name: z.string(), company: z.string() }).openapi('Cohort')
export const groupSchema = z.object({ id, name: z.string() }).openapi('Group')
