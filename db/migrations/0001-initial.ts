import { type Kysely, type Migration, sql } from 'kysely'
import { catalogue } from './initial/catalogue.ts'
import { consoleTables } from './initial/console.ts'
import { filesAndKeys } from './initial/files-and-keys.ts'
import { importHistory } from './initial/import-history.ts'
import { importRows } from './initial/import-rows.ts'
import { imports } from './initial/imports.ts'
import { learned } from './initial/learned.ts'
import { mail } from './initial/mail.ts'
import { people } from './initial/people.ts'

/**
 * The whole schema of 0.1.0. Constraints carry the invariants: one user for each canonical address, one outcome for each
 * row, states from closed lists. The tables that one import writes by the million (`import_rows`, `outcomes`,
 * `import_matches`) have no foreign keys, because each key costs about 6 s per million rows, and each of their rows comes
 * from one statement that has just read the other side.
 */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

/** A table comes after the tables that it refers to. */
const statements = [
  ...catalogue,
  ...people,
  ...learned,
  ...filesAndKeys,
  ...consoleTables,
  ...imports,
  ...importHistory,
  ...importRows,
  ...mail,
]
