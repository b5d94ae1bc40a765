/** Returns the header of the column that an errors file has before the file's own columns. It names the import. */
export function reasonHeader(importId: string): string {
  return `errors of import ${importId}`
}

/**
 * Returns the id of the import that a reason column names, or null for any other header. A reason column is not data.
 * The import of the corrected file leaves it out and records the named import as its parent.
 */
export function parentOf(header: string): string | null {
  const id = /^errors of import ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(header.trim())
  return id?.[1] ?? null
}
