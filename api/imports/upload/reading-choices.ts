import { z } from '@hono/zod-openapi'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import { delimiters, encodings } from '../../../reading/index.ts'
import { plainText } from '../../http/plain-text.ts'
import { describe, invalid } from '../options/option-errors.ts'

export type { ReadingChoices }

/** Names of delimiters, because a tab or a pipe is hard to type. */
const byName: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' }

const schema = z.object({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters, { error: 'Expected comma, semicolon, tab, pipe, or the character itself.' }).optional(),
  /** Excel allows 31 characters. LibreOffice and libraries write longer names. */
  sheet: z.string().max(255).optional(),
})

/** Fields of a request that say how its file is read. */
export interface ReadingFields {
  encoding: string | undefined
  delimiter: string | undefined
  sheet: string | undefined
}

/** @throws ApiProblem 422 that names every invalid field */
export function readReading({ encoding, delimiter, sheet }: ReadingFields): ReadingChoices {
  const choices = {
    ...(encoding ? { encoding: encoding.toLowerCase() } : {}),
    ...(delimiter ? { delimiter: byName[delimiter.toLowerCase()] ?? delimiter } : {}),
    ...(sheet ? { sheet: plainText(sheet) } : {}),
  }
  const parsed = schema.safeParse(choices)
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(describe))
  return choices
}
