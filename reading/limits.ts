/** What a file may cost. Every limit names the failure that it prevents; all can be lowered or raised by the caller. */
export interface ReadLimits {
  /** Bytes of the file as it was uploaded. */
  fileBytes: number
  /**
   * Bytes of one record, delimiters and quotes not counted, and its cells. One forgotten quote swallows the rest of the file: with
   * this limit it is found in milliseconds, without it after hundreds of megabytes (HAZARDS.md 17).
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
  /** Bytes of a workbook's shared strings: they are the one part that cannot be streamed. */
  sharedStringBytes: number
  /**
   * Milliseconds in which the thread of a workbook has to say something, a row or that it is done. A last net: whatever
   * keeps it busy for ever ends here, while a thousand rows take a hundredth of a second.
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

/** A workbook may always inflate to this, whatever its size: a form of 10 KB with 5,000 formatted empty rows is honest. */
export const INFLATION_FLOOR_BYTES = 16 * MiB

/** Looked at to tell what the file is, which delimiter it has and whether it is text at all. */
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

/** Bytes that are asked of a stored file at once, from a multiple of them on: one chunk of the store. */
export const BLOCK_BYTES = MiB

/** Blocks that are kept: of a directory, of the part that is inflated, and where they cross an edge. */
export const BLOCKS_KEPT = 4

/** Bytes in which a part is inflated and read. Twice as many are not faster; a quarter costs a third more. */
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
 * Heap of the thread. A second net only: V8 ends the whole process when one large array runs over it, so everything
 * that a file can make longer has a limit of its own. Shared strings live outside of the heap (text-store.ts).
 */
export const THREAD_HEAP_MB = 128

/**
 * Texts that a workbook may share without a cell for each of them: some programs leave those of deleted rows behind.
 * Beyond, each takes a cell of at least `CELL_BYTES` in some sheet, so millions of texts beside an empty sheet are
 * refused as soon as they are counted.
 */
export const UNUSED_STRINGS = 250_000

/**
 * Bytes of texts that a workbook may share beside those, and how many more each byte of its sheets allows for. A cell that
 * refers to a text takes 25 to 45 bytes, so lists stay far below, notes and biographies in a column included.
 */
export const UNUSED_STRING_BYTES = 12 * MiB
export const TEXT_PER_SHEET_BYTE = 8

/** Bytes of the shortest cell with a shared text: `<c t="s"><v>0</v></c>`. */
export const CELL_BYTES = 21

/** How much longer an escaped text (`_x000D_`) is than what it says, at most. */
export const MOST_ESCAPED = 7

/**
 * XML elements of one part without a value: a second of reading at most. A list that somebody has formatted to the last row
 * of the sheet, ten cells in each, has 11.5 million: a common mess, and no reason to refuse the people in it.
 */
export const MAX_IDLE_ELEMENTS = 12_000_000

/** XML elements of a part that only lists things: styles, sheets, relations. The most styles that there can be need half. */
export const MAX_LISTED_ELEMENTS = 3_000_000

/** Elements without a value that each value allows for, beside those: a wide form of which little is filled in. */
export const IDLE_ELEMENTS_PER_VALUE = 16

/** Nesting of XML elements. A sheet needs 6; an endless one would fill the parser's stack. */
export const MAX_XML_DEPTH = 64

/**
 * Characters of XML without a single complete token. The longest honest one is a cell full of `&quot;`
 * (6 × 32,767); the parser copies an unfinished token with every chunk, so an endless one would cost its square.
 */
export const MAX_XML_TOKEN = 512 * KiB
