import { randomBytes } from 'node:crypto'
import type { ImportStatus } from '../../../domain/imports/states.ts'
import { storeImport } from '../../support/stored-import.ts'
import type { ConsoleWorld } from './console-world.ts'

/** Stores an import with the given status. No workflow has run for it. */
export async function storedImport(
  { db }: ConsoleWorld,
  name: string,
  { status, companies = [] }: { status: ImportStatus; companies?: string[] },
): Promise<string> {
  const id = await storeImport(db, randomBytes(16), { name, startedBy: 'Mira Tóth' })
  await db.updateTable('imports').set({ status, company_names: companies }).where('id', '=', id).execute()
  return id
}
