import { z } from '@hono/zod-openapi'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import { delimiters, encodings } from '../../../reading/index.ts'
import { plainText } from '../../http/plain-text.ts'
import { describe, invalid } from '../options/option-errors.ts'

export type { ReadingChoices }

/** How delimiters are called where a tab or a pipe is hard to write. */
const byName: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' }

const schema = z.object({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters, { error: 'Expected comma, semicolon, tab or pipe, or the character.' }).optional(),
  /** Excel allows 31 characters, LibreOffice and libraries write longer names. */
  sheet: z.string().max(255).optional(),
})

/** The words of a request that say how its file is to be read. */
export interface ReadingWords {
  encoding: string | undefined
  delimiter: string | undefined
  sheet: string | undefined
}

/** @throws ApiProblem 422 that names everything that is wrong */
export function readReading({ encoding, delimiter, sheet }: ReadingWords): ReadingChoices {
  const words = {
    ...(encoding ? { encoding: encoding.toLowerCase() } : {}),
    ...(delimiter ? { delimiter: byName[delimiter.toLowerCase()] ?? delimiter } : {}),
    ...(sheet ? { sheet: plainText(sheet) } : {}),
  }
  const parsed = schema.safeParse(words)
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(describe))
  return words
}
