import { createHash } from 'node:crypto'
import type { Db } from '../../db/core/database.ts'
import { findByIdempotencyKey } from '../../db/imports/imports.ts'
import { passwordMark } from '../../security/password-mark.ts'
import type { Caller } from '../http/caller.ts'
import { ApiProblem } from '../http/problems.ts'
import type { Choices } from './options/import-choices.ts'

/** Reads the header of RFC draft "The Idempotency-Key HTTP Header Field": here 1 to 255 visible ASCII characters. */
export function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null
  if (/^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw new ApiProblem('invalid-idempotency-key', 'An Idempotency-Key must have 1 to 255 visible ASCII characters.')
}

/**
 * Finds the import that an earlier request with this key started.
 *
 * @returns null without a key, and for a new key
 * @throws ApiProblem 422 when the earlier request had another fingerprint
 */
export async function importOfKey(
  db: Db,
  caller: Caller,
  idempotencyKey: string | null,
  fingerprint: Buffer,
): Promise<string | null> {
  const first = idempotencyKey === null ? undefined : await findByIdempotencyKey(db, caller, idempotencyKey)
  if (first === undefined) return null
  if (first.fingerprint.equals(fingerprint)) return first.id
  throw new ApiProblem(
    'idempotency-key-reused',
    'This Idempotency-Key belongs to an import with another file, template, mapping or options. Use a new key for a ' +
      'new import.',
  )
}

/**
 * Returns the SHA-256 of a request's file and choices. Equal requests have equal fingerprints. The password is part of
 * the fingerprint but cannot be recovered from it.
 */
export function fingerprintOf(request: Choices & { file: { sha256: Buffer } }, secret: string): Buffer {
  const { file, template, reading, mapping, saveMapping, options, password } = request
  const mark = password === null ? null : passwordMark(secret, password)
  const choices = sorted([template.id, options, reading, mapping, saveMapping, mark])
  return createHash('sha256').update(file.sha256).update(JSON.stringify(choices)).digest()
}

/** Sorts the keys of objects, so that equal choices give equal JSON in whatever order a client sent them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, inner]) => [key, sorted(inner)])
}
