import { CompiledQuery } from 'kysely'
import type { Trx } from '../../core/database.ts'

/** Runs a statement in a transaction: one of a client, or one of Kysely through `inside`. */
export type RunStatement = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>

export const inside =
  (trx: Trx): RunStatement =>
  (text, values) =>
    trx.executeQuery(CompiledQuery.raw(text, values))

/** First half of the advisory lock's key: "MUST" in ASCII, so that it differs from every other lock of Muster. */
const LOCK_CLASS = 0x4d555354

/**
 * Makes this session the only one that parses or validates an import, until its transaction ends.
 *
 * An attempt that outlived its timeout (a stopped process, a dead network) can still hold the import's rows in an open
 * transaction. Waiting for it could take for ever, so its session is terminated. It had not committed, so nothing is
 * lost, and the server rejects what it still sends.
 *
 * @param run inside a transaction
 */
export async function takeOverImport(run: RunStatement, importId: string): Promise<void> {
  for (;;) {
    const lock = 'SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS mine'
    const { rows } = await run(lock, [LOCK_CLASS, importId])
    if ((rows[0] as { mine: boolean } | undefined)?.mine) return
    await run(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid = $1::bigint::oid AND objid = (hashtext($2)::bigint & 4294967295)::oid`,
      [LOCK_CLASS, importId],
    )
  }
}
