/** Limits. Each comment gives the reason. */

/** Rows in one apply transaction. Throughput is flat from 5,000 rows. Above 10,000, a repeated batch costs more. */
export const BATCH_ROWS = 10_000

/** Batches in flight. With one, the database is idle while Temporal schedules. More than three only wait for locks. */
export const BATCHES_IN_FLIGHT = 3

/**
 * Batches after which a run continues as new when the server does not suggest it earlier. A batch adds six events,
 * three for the activity and three for the workflow task.
 */
export const BATCHES_PER_RUN = 1_000

/** E-mails that one activity claims. They are few enough to finish well within the lease and enough to amortise it. */
export const EMAILS_PER_CLAIM = 200

/** E-mail activities in flight in one import. */
export const CLAIMS_IN_FLIGHT = 2

/** Distinct (company, title) pairs in one file. They are held in memory while the file is parsed. */
export const MAX_REFERENCES = 200_000

/** Entries in any list of a problem. The rest are only counted, because a megabyte of JSON helps no reader. */
export const MAX_PROBLEM_ENTRIES = 10_000

/** Row numbers listed for a title. Five are enough to find it in the spreadsheet. */
export const FIRST_ROWS = 5

/** The most titles that "Did you mean" offers. */
export const MAX_SUGGESTIONS = 3

/** Characters in a free-text cell (names, role, region). Postgres can store more, but a B-tree entry cannot. */
export const MAX_TEXT = 1_000

/** RFC 5321, section 4.5.3.1, allows 64 octets before the @ and 254 in a usable address. */
export const MAX_EMAIL = 254
export const MAX_LOCAL_PART = 64

/** Days after which an import in review is cancelled, unless an administrator confirms it. */
export const REVIEW_DAYS = 7

/** Bytes of an uploaded file. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024

/** Bytes of one stored chunk. It is one TOAST value, which is read and written in a few milliseconds. */
export const CHUNK_BYTES = 1024 * 1024
