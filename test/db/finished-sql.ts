import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Db, Trx } from '../../db/core/database.ts'
import type { Database } from '../../db/core/schema.ts'

/**
 * Returns the statements that a function of `db/` sends, with `$n` for each parameter and the line breaks of the source.
 *
 * @param answers the rows that each statement returns, in order. Further statements return none
 */
export async function finishedSql(run: (trx: Trx) => Promise<unknown>, answers: object[][] = []): Promise<string> {
  const statements: string[] = []
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql }: { sql: string }): Promise<QueryResult<Row>> {
      statements.push(laidOut(sql))
      return { rows: (answers[statements.length - 1] ?? []) as Row[] }
    },
    streamQuery: () => {
      throw new Error('Nothing in db/ streams.')
    },
  }
  const nothing = async () => undefined
  const driver: Driver = {
    init: nothing,
    acquireConnection: async () => connection,
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    releaseConnection: nothing,
    destroy: nothing,
  }
  const db: Db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (introspected) => new PostgresIntrospector(introspected),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  await db.transaction().execute(run)
  return `${statements.join(';\n\n\n')};\n`
}

/** Removes the common indentation of all lines, trailing spaces and repeated blank lines. */
function laidOut(text: string): string {
  const lines = text.trim().split('\n')
  const indents = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]))
  const common = Math.min(...indents)
  const [first, ...rest] = lines
  return [first, ...rest.map((line) => line.slice(common))]
    .map((line) => line?.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}
