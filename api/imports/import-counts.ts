import type { Db } from '../../db/core/database.ts'
import { emailCounts, type WrittenCounts } from '../../db/imports/apply/import-standing.ts'
import { writtenCountsOf } from '../../db/imports/import-counts.ts'
import type { ImportRecord } from '../../db/imports/imports.ts'
import type { Counts } from '../../domain/imports/counts.ts'
import { type ImportStatus, isFinal } from '../../domain/imports/states.ts'

type EmailCounts = Counts['emails']

/** Counting the e-mails of a million people takes a second: an answer is good for this many times what it cost. */
const COST_FACTOR = 10

/** What was counted in one status says nothing in the next: an import that has ended would show e-mails as queued. */
interface Kept {
  counts: EmailCounts
  status: ImportStatus
  until: number
}

/** Answers kept; each is a few dozen bytes. */
const MAX_KEPT = 2_000

const none: EmailCounts = { queued: 0, sent: 0, failed: 0 }
const nothing: WrittenCounts = { created: 0, invited: 0, updated: 0, skipped: 0, assignments: 0, invalid: 0, emails: 0 }

/**
 * The counts of imports, from the database. Sums over batches are cheap and always fresh; e-mails are counted one by
 * one, so that a large import's count may be some seconds old while it runs, and is kept once nothing can change it.
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
      const { emails: queued, invalid: refused, ...counts } = written.get(entry.id) ?? nothing
      const invalid = (entry.plan?.invalid ?? 0) + refused
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

  /** The Map keeps the order of insertion: the oldest answer makes room. */
  #keep(id: string, entry: Kept): void {
    this.#kept.delete(id)
    this.#kept.set(id, entry)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest)
  }
}

/** Before apply there is nothing to count. */
function hasWritten({ phase }: ImportRecord): boolean {
  return phase === 'apply' || phase === 'notify' || phase === 'done'
}
