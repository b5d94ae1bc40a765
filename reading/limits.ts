/** What a file may cost. Every limit names the failure that it prevents. The caller can lower or raise all of them. */
export interface ReadLimits {
  /** Bytes of the file as it was uploaded. */
  fileBytes: number
  /**
   * Bytes of one record without delimiters and quotation marks, and its number of cells. A missing closing quote swallows
   * the rest of the file: this limit finds it in milliseconds, not after hundreds of megabytes (HAZARDS.md 17).
   */
  recordBytes: number
  /** UTF-16 code units of one cell: what a spreadsheet itself can hold in a cell. */
  cellCharacters: number
  /** Columns of the header. */
  columns: number
  /** Rows of a CSV file, blank ones and the header counted. */
  csvRows: number
  /** Rows of a sheet, blank ones and the header counted: what the format allows. */
  sheetRows: number
  /** Bytes of a workbook as it was uploaded: more than a sheet as long as the format allows, packed. */
  workbookBytes: number
  /** Bytes that a workbook may inflate to: its XML, and the characters of its cells. */
  inflatedBytes: number
  /** How many times its own size a workbook may inflate to. Real ones reach 10 to 40, DEFLATE could reach 1,032. */
  inflationRatio: number
  /** Bytes of a workbook's shared strings, the one part that cannot be streamed. */
  sharedStringBytes: number
  /**
   * Milliseconds without a message after which the reading thread counts as hung. A thousand rows take a hundredth of a
   * second.
   */
  silenceMs: number
}

const KiB = 1024
const MiB = 1024 * KiB

export const defaultReadLimits: Readonly<ReadLimits> = Object.freeze({
  fileBytes: 512 * MiB,
  recordBytes: 64 * KiB,
  cellCharacters: 32_767,
  columns: 500,
  csvRows: 2_000_000,
  sheetRows: 1_048_576,
  workbookBytes: 128 * MiB,
  inflatedBytes: 1024 * MiB,
  inflationRatio: 100,
  sharedStringBytes: 96 * MiB,
  silenceMs: 120_000,
})

/** Any workbook may inflate to this size. A form of 10 KB with 5,000 formatted empty rows is legitimate. */
export const INFLATION_FLOOR_BYTES = 16 * MiB

/** Bytes from which the format, the delimiter and binary data are detected. */
export const HEAD_BYTES = 64 * KiB

/**
 * Bytes of a record, with its delimiters and quotation marks, for each byte of its limit: as many cells as bytes, each a
 * quotation mark that is doubled, enclosed and followed by a delimiter.
 */
export const MAX_RECORD_RATIO = 5

/**
 * Read as a table before the rest of a file is looked through: more than the longest record, so that an endless one is
 * found. Text that ends here is read without a thread.
 */
export const START_BYTES = 384 * KiB

/** Records after the header whose number of columns is compared with the header's. */
export const COMPARED_RECORDS = 20

/** Bytes of CSV that are split at once: their rows become one batch, so this bounds a batch, too. */
export const CSV_SLICE_BYTES = 64 * KiB

/** Bytes that are read from a stored file at once, from a multiple of this size: one chunk of the store. */
export const BLOCK_BYTES = MiB

/** Blocks that are kept: of the directory, of the part that is inflated, and one more where each crosses an edge. */
export const BLOCKS_KEPT = 4

/** Bytes of one inflated chunk. Twice as many are not faster, and a quarter costs a third more. */
export const INFLATE_CHUNK_BYTES = 64 * KiB

/** Records that the thread sends in one message: fewer cost more than their cells, more cost memory. */
export const BATCH_RECORDS = 1_000

/** Characters of such a message, because records may be long. */
export const BATCH_CHARACTERS = 512 * KiB

/** Messages that the thread may send before the first of them is taken. */
export const BATCHES_AHEAD = 4

/** Bytes of a stream that the thread receives in one message. It asks for the next ones while it parses. */
export const STREAM_BLOCK_BYTES = 128 * KiB

/**
 * Heap of the thread, in MB. A second safeguard only: V8 ends the whole process when one large array exceeds it, so every
 * list that a file can lengthen has a limit of its own. Shared strings are stored outside the heap (text-store.ts).
 */
export const THREAD_HEAP_MB = 128

/**
 * Shared texts that a workbook may have without a cell for each, because some programs keep the texts of deleted rows.
 * Every further text needs a cell of at least `CELL_BYTES` in some sheet, so millions of texts beside an empty sheet are
 * rejected as soon as they are counted.
 */
export const UNUSED_STRINGS = 250_000

/**
 * Bytes of shared texts that any workbook may have, and how many more each byte of its sheets allows. A cell that refers to
 * a text takes 25 to 45 bytes, so lists stay far below, even with a column of notes or biographies.
 */
export const UNUSED_STRING_BYTES = 12 * MiB
export const TEXT_PER_SHEET_BYTE = 8

/** Bytes of the shortest cell with a shared text: `<c t="s"><v>0</v></c>`. */
export const CELL_BYTES = 21

/** Greatest ratio of an escaped text (`_x000D_`) to its value. */
export const MOST_ESCAPED = 7

/**
 * XML elements of one part without a value, which take a second to read at most. A list that is formatted to the last row of
 * the sheet, with ten cells in each row, has 11.5 million. Such lists are common, and are imported.
 */
export const MAX_IDLE_ELEMENTS = 12_000_000

/** XML elements of a part that is a list: styles, sheets, relations. The most styles that the format allows need half. */
export const MAX_LISTED_ELEMENTS = 3_000_000

/** Further elements without a value for each value, for a wide form with few values. */
export const IDLE_ELEMENTS_PER_VALUE = 16

/** Nesting of XML elements. A sheet needs 6, and endless nesting would fill the parser's stack. */
export const MAX_XML_DEPTH = 64

/**
 * Characters of one XML token. The longest legitimate one is a cell full of `&quot;` (6 × 32,767). The parser copies an
 * unfinished token with every chunk, so an endless token would take quadratic time.
 */
export const MAX_XML_TOKEN = 512 * KiB
