import { pino } from 'pino'
import { makeKey } from '../../api/accounts/key-secret.ts'
import { createApp } from '../../api/app.ts'
import type { ApiDeps } from '../../api/http/deps.ts'
import { lazyTemporal } from '../../api/http/temporal.ts'
import { readConfig } from '../../config/config.ts'
import { insertKey } from '../../db/accounts/api-keys.ts'
import { openDatabase } from './database.ts'
import { temporalFor } from './servers/temporal.ts'

/** An address without a listener, as if Temporal were down. */
export const NOWHERE = '127.0.0.1:9'

export type World = Awaited<ReturnType<typeof apiWorld>>

/** The API on its own database, without a port. `close` throws when the test left a connection open. */
export async function apiWorld(url: string, overrides: Partial<ApiDeps> & { env?: NodeJS.ProcessEnv } = {}) {
  const { env, ...deps } = overrides
  const database = await openDatabase()
  const { db, pool } = database
  const { address, namespace } = temporalFor(url)
  const config = readConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: 'http://temporal.example.com',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MUSTER_SECRET: 'x'.repeat(32),
    ...env,
  })
  const temporal = lazyTemporal(config)
  const all: ApiDeps = { config, db, pool, temporal: temporal.client, log: pino({ level: 'silent' }), ...deps }
  const app = createApp(all)
  return {
    deps: all,
    db,
    app,
    /** Creates a key and returns its secret. */
    key: (companies: string[] | null = null, more: { name?: string; contact?: string } = {}) =>
      newKey(all, companies, more),
    as: (key: string) => clientOf(app, key),
    async close() {
      await temporal.close()
      await database.close()
    },
  }
}

async function newKey({ db }: ApiDeps, companies: string[] | null, more: { name?: string; contact?: string }) {
  const { key, ...stored } = makeKey()
  await insertKey(db, { name: more.name ?? 'test', companies, contact: more.contact ?? null, ...stored })
  return key
}

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test asserts the shape of its answer
  body: any
}

/** Sends requests with a key. `body` of the response is its JSON, or its text. */
function clientOf(app: ReturnType<typeof createApp>, key: string) {
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers)
    headers.set('Authorization', `Bearer ${key}`)
    const response = await app.request(path, { ...init, method, headers })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  const withJson =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send(method, path, {
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
  return {
    send,
    get: (path: string, headers: Record<string, string> = {}) => send('GET', path, { headers }),
    post: withJson('POST'),
    patch: withJson('PATCH'),
    delete: (path: string) => send('DELETE', path),
    /** Uploads as a form; the file part comes first unless `fileLast`. */
    upload(text: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}, fileLast = false) {
      const form = new FormData()
      const file = () => form.append('file', new File([text], 'people.csv', { type: 'text/csv' }))
      if (!fileLast) file()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      if (fileLast) file()
      return send('POST', '/v1/imports', { body: form, headers })
    },
  }
}

/** Returns the stored file of an import, byte for byte. */
export async function storedBytes({ db }: { db: ApiDeps['db'] }, importId: string): Promise<Buffer> {
  const chunks = await db
    .selectFrom('imports')
    .innerJoin('file_chunks', 'file_chunks.file_id', 'imports.file_id')
    .where('imports.id', '=', importId)
    .select('bytes')
    .orderBy('seq')
    .execute()
  return Buffer.concat(chunks.map((chunk) => chunk.bytes))
}
