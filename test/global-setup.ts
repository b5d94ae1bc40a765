import { rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateToLatest } from '../db/migrate.ts'
import { startPostgres } from '../stack/postgres/postgres.ts'
import { findTemporal } from '../stack/temporal/find-temporal.ts'
import { startTemporal } from '../stack/temporal/temporal.ts'
import { TEMPLATE } from './support/cluster.ts'
import { endLeftovers, makeDataDir } from './support/stack-leftovers.ts'
import { namespaceOf } from './support/temporal.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The cluster's own database, to make others from. */
    postgresAdminUrl: string
    temporalAddress: string
  }
}

/** Files that need neither server: rules, and the console on a stack of its own. Running one of them alone starts none. */
const PURE = ['test/domain/', 'test/parts/', 'test/reading/', 'test/cli/', 'test/e2e/']

/** Files that get a namespace of their own on the shared Temporal server. */
const WITH_NAMESPACE = [
  'test/workflows/',
  'test/accounts/',
  'test/activities/',
  'test/api/',
  'test/examples/',
  'test/formats/',
  'test/story/',
  'test/web/',
  'test/worker/',
  'test/stack/',
]

/** One Postgres and one Temporal for all test files, each started only when a selected file needs it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const files = await selected(project)
  await endLeftovers()
  const folder = await makeDataDir()
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const teardown = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    const namespaces = files.filter((file) => under(file, WITH_NAMESPACE)).map(namespaceOf)
    if (files.some((file) => !under(file, PURE))) stops.push(await postgres(project, folder))
    if (namespaces.length > 0) stops.push(await temporal(project, folder, namespaces))
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

/** The chosen test files, relative to the project. Vitest does not publish the filters of its command line. */
async function selected(project: TestProject): Promise<string[]> {
  const { filenamePattern } = project.vitest as unknown as { filenamePattern?: string[] }
  const { testFiles } = await project.globTestFiles(filenamePattern)
  return testFiles.map((file) => relative(resolve(import.meta.dirname, '..'), file))
}

function under(file: string, folders: string[]): boolean {
  return folders.some((folder) => file.startsWith(folder))
}

async function postgres(project: TestProject, dataDir: string): Promise<() => Promise<void>> {
  const server = await startPostgres({ dataDir, fast: true })
  const template = new URL(server.url)
  template.pathname = TEMPLATE
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await migrateToLatest(template.href)
  project.provide('postgresAdminUrl', server.url)
  return async () => {
    await server.stop()
    await rm(server.cluster, { recursive: true, force: true })
  }
}

async function temporal(project: TestProject, folder: string, namespaces: string[]): Promise<() => Promise<void>> {
  const binary = findTemporal()
  if (!binary) throw new Error('The Temporal server is not there yet: run `node stack/setup.mjs` once.')
  const server = await startTemporal({ binary, namespaces, headless: true, log: join(folder, 'temporal.log') })
  project.provide('temporalAddress', server.address)
  return server.stop
}
