import type { z } from '@hono/zod-openapi'
import type { Connections } from '../../../db/core/database.ts'
import type { StoredFile } from '../../../db/files/files.ts'
import { importsOfFile } from '../../../db/imports/imports-of-file.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { Caller } from '../../http/caller.ts'

import { type PreviewRequest, previewFile } from './preview.ts'
import type { previewSchema } from './preview-schema.ts'

type PreviewJson = z.infer<typeof previewSchema>

/** Previews a stored file as the API shows it, with the caller's earlier imports of the same file. */
export async function previewAnswer(
  connections: Connections,
  file: StoredFile & { name: string },
  choices: Omit<PreviewRequest, 'scope' | 'signal'>,
  { companies: scope }: Pick<Caller, 'companies'>,
  signal: AbortSignal,
): Promise<PreviewJson> {
  const seen = await importsOfFile(connections.db, file.sha256, scope)
  // Only the template `none` and those with matched headers allow a mapping.
  const template = choices.template ?? (choices.mapping ? none : null)
  const shown = await previewFile(connections, file, { ...choices, template, scope, signal })
  const earlier = seen.map(({ createdAt, ...entry }) => ({ ...entry, createdAt: createdAt.toISOString() }))
  return { ...shown, seenBefore: seen.map((entry) => entry.id), earlier }
}
