import type { Generated } from 'kysely'

/** An uploaded file. `uploading` until its last byte and its digest are stored; what stays so is swept. */
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

/** `companies` null: the whole platform. Only the SHA-256 of a key is kept; `prefix` names it to people. */
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
