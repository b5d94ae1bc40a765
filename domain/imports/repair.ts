/** Header of the column that an errors file adds in front of the file's own columns. It names the import. */
export function reasonHeader(importId: string): string {
  return `errors of import ${importId}`
}

/**
 * The import whose errors file a header belongs to, or null when it is any other header. Such a column is not data:
 * when the corrected file comes back it is left out, and the new import knows its parent.
 */
export function parentOf(header: string): string | null {
  const id = /^errors of import ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(header.trim())
  return id?.[1] ?? null
}
