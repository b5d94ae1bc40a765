// Writes the types of the console (web/api/schema.ts) from the document of the whole API. No server is needed.
//
//   npx tsx api/docs/write-typescript.ts web/api/schema.ts      (the build runs dist/api/docs/write-typescript.js)

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../../config/config.ts'
import { createDatabase } from '../../db/core/database.ts'
import { createApp } from '../app.ts'
import type { ApiDocument } from './api-document.ts'
import { typescriptOf } from './typescript.ts'

/** Placeholder addresses. Nothing connects to them, because the document depends only on the mounted routes. */
const config = readConfig({
  DATABASE_URL: 'postgres://127.0.0.1:9/none',
  TEMPORAL_ADDRESS: '127.0.0.1:9',
  SMTP_URL: 'smtp://127.0.0.1:9',
  MUSTER_SECRET: 'x'.repeat(32),
})

const [file = 'web/api/schema.ts'] = process.argv.slice(2)
const { db, pool } = createDatabase(config.DATABASE_URL, { connections: 1, name: 'types' })
const temporal = () => Promise.reject(new Error('Writing types does not need Temporal.'))
const app = createApp({ config, db, pool, temporal, log: pino({ level: 'silent' }) })
const text = typescriptOf((await (await app.request('/openapi.json')).json()) as ApiDocument)
await pool.end()
// An unchanged file is not written, so that a build in watch mode does not start again.
if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
