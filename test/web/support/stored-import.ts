import { randomBytes } from 'node:crypto'
import { storeFile } from '../../../db/files/files.ts'
import { insertImport } from '../../../db/imports/imports.ts'
import { MAX_FILE_BYTES } from '../../../domain/imports/limits.ts'
import { defaultsOf } from '../../../domain/imports/options.ts'
import type { ImportStatus } from '../../../domain/imports/states.ts'
import { onboarding } from '../../../domain/people/templates/index.ts'
import type { ConsoleWorld } from './console-world.ts'

/** Stores an import with the given status. No workflow has run for it. */
export async function storedImport(
  { db }: ConsoleWorld,
  name: string,
  { status, companies = [] }: { status: ImportStatus; companies?: string[] },
): Promise<string> {
  const source = (async function* () {
    yield randomBytes(16)
  })()
  const file = await storeFile(db, { name, source, maxBytes: MAX_FILE_BYTES })
  const id = await insertImport(db, {
    fileId: file.fileId,
    reading: {},
    template: 'onboarding',
    mapping: null,
    options: defaultsOf(onboarding),
    passwordHash: null,
    scope: null,
    apiKeyId: null,
    accountId: null,
    startedBy: 'Mira Tóth',
    contact: null,
    idempotencyKey: null,
    fingerprint: randomBytes(32),
  })
  await db.updateTable('imports').set({ status, company_names: companies }).where('id', '=', id).execute()
  return id as string
}
