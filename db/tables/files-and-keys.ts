import type { Generated } from 'kysely'

/** An uploaded file. `uploading` until its last byte and its digest are stored. The sweep deletes files that stay so. */
export interface FilesTable {
  id: Generated<string>
  state: Generated<'uploading' | 'stored'>
  name: string
  size: Generated<number>
  sha256: Buffer | null
  created_at: Generated<Date>
}

export interface FileChunksTable {
  file_id: string
  seq: number
  bytes: Buffer
}

/** `companies` null: the whole platform. Only the SHA-256 of a key is stored. Administrators know it by `prefix`. */
export interface ApiKeysTable {
  id: Generated<string>
  name: string
  prefix: string
  hash: Buffer
  companies: string[] | null
  contact: string | null
  created_at: Generated<Date>
  last_used_at: Date | null
  revoked_at: Date | null
}
