import { download } from '../../http/download.ts'

type What = 'import-result' | 'import-errors' | 'import-plan'

const CSV_TYPE = 'text/csv; charset=utf-8; header=present'
export const JSON_TYPE = 'application/json'

/** Downloads as the API's description shows them. */
export const csvAnswer = {
  description: 'A file.',
  content: { 'text/csv': { schema: { type: 'string' as const } } },
}
export const jsonAnswer = {
  description: 'A file.',
  content: { 'application/json': { schema: { type: 'object' as const } } },
}

/** Streams a file under a name with the time, such as `import-result-2026-03-03T14-02-11Z.csv`. */
export function stampedDownload(
  parts: AsyncGenerator<string | Buffer>,
  what: What,
  type = CSV_TYPE,
  now = new Date(),
): Response {
  return download(parts, stampedName(what, now, type === JSON_TYPE ? 'json' : 'csv'), type)
}

/** These names sort by time, and every file system accepts them. */
function stampedName(what: What, now: Date, extension: 'csv' | 'json'): string {
  return `${what}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.${extension}`
}
