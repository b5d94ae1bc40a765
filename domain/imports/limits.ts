/** Numbers with a reason: each names the failure that it prevents. */

/** Rows in one apply transaction. From 5,000 up throughput is flat; above 10,000 a repeated batch only costs more. */
export const BATCH_ROWS = 10_000

/** Batches in flight. One keeps the database idle while Temporal schedules; more than three only queue on its locks. */
export const BATCHES_IN_FLIGHT = 3

/** Batches after which a run continues as new when the server does not suggest it earlier. Six events a batch, three of an activity and three of a workflow task. */
export const BATCHES_PER_RUN = 1_000

/** E-mails that one activity claims. Small enough to finish well inside its lease, large enough to amortise it. */
export const EMAILS_PER_CLAIM = 200

/** E-mail activities in flight in one import. */
export const CLAIMS_IN_FLIGHT = 2

/** Distinct (company, title) pairs of one file, held in memory while it is parsed. */
export const MAX_REFERENCES = 200_000

/** Entries of any list inside a problem. The rest is counted; a megabyte of JSON helps nobody. */
export const MAX_PROBLEM_ENTRIES = 10_000

/** Row numbers named beside a title: enough to find it in the spreadsheet. */
export const FIRST_ROWS = 5

/** "Did you mean": the closest titles offered. */
export const MAX_SUGGESTIONS = 3

/** Free-text cells (names, role, region). Postgres would take more; a B-tree entry and a person would not. */
export const MAX_TEXT = 1_000

/** RFC 5321, section 4.5.3.1: 64 octets before the @, 254 in a usable address. */
export const MAX_EMAIL = 254
export const MAX_LOCAL_PART = 64

/** An import that nobody confirms cancels itself. */
export const REVIEW_DAYS = 7

/** Bytes of an uploaded file. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024

/** Bytes of one stored chunk: one TOAST value that is read and written in a few milliseconds. */
export const CHUNK_BYTES = 1024 * 1024
