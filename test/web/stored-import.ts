import { randomBytes } from 'node:crypto'
import { storeFile } from '../../db/queries/files.ts'
import { insertImport } from '../../db/queries/imports.ts'
import { MAX_FILE_BYTES } from '../../domain/limits.ts'
import { defaultsOf } from '../../domain/options.ts'
import { onboarding } from '../../domain/templates/index.ts'
import type { ConsoleWorld } from './world.ts'

/** An import that has ended, without anything having run. */
export async function storedImport({ db }: ConsoleWorld, name: string): Promise<string> {
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
  await db.updateTable('imports').set({ status: 'completed' }).where('id', '=', id).execute()
  return id as string
}
