import { randomBytes } from 'node:crypto'
import type { Db } from '../../db/core/database.ts'
import { storeFile } from '../../db/files/files.ts'
import { insertImport } from '../../db/imports/imports.ts'
import { MAX_FILE_BYTES } from '../../domain/imports/limits.ts'
import { defaultsOf, type ImportOptions } from '../../domain/imports/options.ts'
import type { Mapping } from '../../domain/people/fields.ts'
import { templates } from '../../domain/people/templates/index.ts'
import { hashPassword } from '../../security/password.ts'

export interface GivenFile {
  /** The template's id, `onboarding` by default. The template's default options apply where `options` has no value. */
  template?: string
  mapping?: Mapping
  options?: Partial<ImportOptions>
  /** The password for every user. It is stored hashed, as the API does. */
  password?: string
  /** The ids of the companies that the key may change. Null is all of them. */
  scope?: string[] | null
  contact?: string | null
  name?: string
  apiKeyId?: string
  startedBy?: string
}

/** Stores a file and its import, as the API does, without starting the workflow. Returns the import's id. */
export async function storeImport(db: Db, content: string | Buffer, given: GivenFile = {}): Promise<string> {
  const { options, scope = null, contact = null, name = 'people.csv', startedBy = 'test' } = given
  const template = templates.get(given.template ?? 'onboarding')
  if (!template) throw new Error(`There is no template “${given.template}”.`)
  const source = (async function* () {
    yield Buffer.from(content)
  })()
  const file = await storeFile(db, { name, source, maxBytes: MAX_FILE_BYTES })
  const id = await insertImport(db, {
    fileId: file.fileId,
    reading: {},
    template: template.id,
    mapping: given.mapping ?? null,
    options: { ...defaultsOf(template), ...options },
    passwordHash: given.password === undefined ? null : await hashPassword(given.password),
    scope,
    apiKeyId: given.apiKeyId ?? null,
    accountId: null,
    startedBy,
    contact,
    idempotencyKey: null,
    fingerprint: randomBytes(32),
  })
  if (id === null) throw new Error('An import without an idempotency key cannot repeat another one.')
  return id
}
