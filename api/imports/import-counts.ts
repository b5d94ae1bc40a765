import type { Db } from '../../db/core/database.ts'
import { emailCounts, type WrittenCounts } from '../../db/imports/apply/import-standing.ts'
import { writtenCountsOf } from '../../db/imports/import-counts.ts'
import type { ImportRecord } from '../../db/imports/imports.ts'
import type { Counts } from '../../domain/imports/counts.ts'
import { type ImportStatus, isFinal } from '../../domain/imports/states.ts'

type EmailCounts = Counts['emails']

/** Counting the e-mails of a million people takes a second. A count is reused for this many times its own duration. */
const COST_FACTOR = 10

/** A cached count. It is valid for one status only, or an import that has ended would show e-mails as queued. */
interface Kept {
  counts: EmailCounts
  status: ImportStatus
  until: number
}

/** Cached counts. Each takes a few dozen bytes. */
const MAX_KEPT = 2_000

const none: EmailCounts = { queued: 0, sent: 0, failed: 0 }
const nothing: WrittenCounts = { created: 0, invited: 0, updated: 0, skipped: 0, assignments: 0, invalid: 0, emails: 0 }

/**
 * The counts of imports, from the database. Sums over batches are cheap and always current. E-mails are counted one by
 * one, so the count of a large import may be some seconds old while it runs. A final count is cached without a limit.
 */
export class ImportCounts {
  readonly #db: Db
  readonly #kept = new Map<string, Kept>()

  constructor(db: Db) {
    this.#db = db
  }

  async of(imports: ImportRecord[]): Promise<{ entry: ImportRecord; counts: Counts }[]> {
    const ids = imports.filter(hasWritten).map(({ id }) => id)
    const written = await writtenCountsOf(this.#db, ids)
    const all: { entry: ImportRecord; counts: Counts }[] = []
    for (const entry of imports) {
      const { emails: queued, invalid: failed, ...counts } = written.get(entry.id) ?? nothing
      const invalid = (entry.plan?.invalid ?? 0) + failed
      const records = entry.records ?? 0
      const emails = queued > 0 ? await this.#emails(entry) : none
      all.push({ entry, counts: { records, valid: records - invalid, invalid, ...counts, emails } })
    }
    return all
  }

  async #emails({ id, status }: ImportRecord): Promise<EmailCounts> {
    const kept = this.#kept.get(id)
    if (kept?.status === status && kept.until > Date.now()) return kept.counts
    const started = Date.now()
    const counts = await emailCounts(this.#db, id)
    const until = isFinal(status) && counts.queued === 0 ? Infinity : Date.now() + (Date.now() - started) * COST_FACTOR
    this.#keep(id, { counts, status, until })
    return counts
  }

  /** A Map keeps the order of insertion, so its first entry is the oldest. */
  #keep(id: string, entry: Kept): void {
    this.#kept.delete(id)
    this.#kept.set(id, entry)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest)
  }
}

/** An import writes nothing before the phase `apply`. */
function hasWritten({ phase }: ImportRecord): boolean {
  return phase === 'apply' || phase === 'notify' || phase === 'done'
}
