import type { Db, Trx } from './database.ts'

/** SQLSTATEs after which the same transaction may succeed: deadlock, serialisation failure, lost connection. */
const PASSING = new Set([
  '40P01',
  '40001',
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
  '08001',
])

/** True for a temporary failure, which the data did not cause. A retry may succeed. */
export function isPassing(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return PASSING.has(code) || /^E[A-Z]+$/.test(code)
  return typeof message === 'string' && /Connection terminated|timeout exceeded|Client has encountered/i.test(message)
}

/** True for a SQLSTATE that the data caused: class 22 (data), 23 (constraint), P0001 (raised by a trigger). */
export function isDataError(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && (/^2[23]/.test(code) || code === 'P0001' || code === '54000')
}

/** Runs `work` in one transaction. All work in Muster can run again after a COMMIT with an unknown result. */
export function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work)
}
