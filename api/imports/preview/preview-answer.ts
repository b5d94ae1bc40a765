import type { z } from '@hono/zod-openapi'
import { findCompany } from '../../../db/catalogue/companies.ts'
import type { Connections, Db } from '../../../db/core/database.ts'
import type { StoredFile } from '../../../db/files/files.ts'
import { importsOfFile } from '../../../db/imports/imports-of-file.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { Caller } from '../../http/caller.ts'
import { isId } from '../../http/schemas/common.ts'
import { invalid } from '../options/option-errors.ts'
import { type PreviewRequest, previewFile } from './preview.ts'
import type { previewSchema } from './preview-schema.ts'

type PreviewJson = z.infer<typeof previewSchema>

/** A look at a stored file as the API tells it: what it holds, and which imports of the caller's had it before. */
export async function previewAnswer(
  connections: Connections,
  file: StoredFile & { name: string },
  choices: Omit<PreviewRequest, 'scope' | 'signal'>,
  { companies: scope }: Pick<Caller, 'companies'>,
  signal: AbortSignal,
): Promise<PreviewJson> {
  const seen = await importsOfFile(connections.db, file.sha256, scope)
  // A mapping says that the columns are matched by hand, which no template but these takes.
  const template = choices.template ?? (choices.mapping ? none : null)
  const shown = await previewFile(connections, file, { ...choices, template, scope, signal })
  const earlier = seen.map(({ createdAt, ...entry }) => ({ ...entry, createdAt: createdAt.toISOString() }))
  return { ...shown, seenBefore: seen.map((entry) => entry.id), earlier }
}

/**
 * The company that an import of the caller would take for rows that name none.
 *
 * @throws ApiProblem 422 for one that does not exist for the caller
 */
export async function defaultCompany(db: Db, given: string | undefined, { companies }: Pick<Caller, 'companies'>) {
  const only = companies?.length === 1 ? companies[0] : undefined
  const id = given || only
  if (id === undefined) return null
  const company = isId(id) ? await findCompany(db, id, companies) : undefined
  if (company) return company
  throw invalid([{ option: 'company', code: 'unknown-company', message: 'There is no company with this id.' }])
}
