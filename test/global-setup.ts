import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateToLatest } from '../db/migrate.ts'
import { startPostgres } from '../stack/postgres/postgres.ts'
import { findTemporal } from '../stack/temporal/find-temporal.ts'
import { startTemporal } from '../stack/temporal/temporal.ts'
import { TEMPLATE } from './support/servers/cluster.ts'
import { endLeftovers, makeDataDir } from './support/servers/stack-leftovers.ts'
import { namespaceOf } from './support/servers/temporal.ts'
import { workflowBundle } from './support/servers/workflow-bundle.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The cluster's own database, to make others from. */
    postgresAdminUrl: string
    temporalAddress: string
  }
}

/** Projects of vitest.config.ts whose files use the shared Postgres. */
const WITH_POSTGRES = new Set(['db', 'api', 'web', 'workflows', 'stack'])

/** Projects whose files each get a namespace of their own on the shared Temporal server. */
const WITH_TEMPORAL = new Set(['api', 'web', 'workflows', 'stack'])

type Stop = () => Promise<void>

/** Starts one Postgres and one Temporal for all test files, each only when a selected file needs it. */
export default async function setup(root: TestProject): Promise<Stop> {
  const files = await selectedFiles(root)
  await endLeftovers()
  const folder = await makeDataDir()
  const namespaces = files.filter(({ project }) => WITH_TEMPORAL.has(project)).map(({ path }) => namespaceOf(path))
  const starts: Promise<Stop>[] = []
  if (files.some(({ project }) => WITH_POSTGRES.has(project))) starts.push(startSharedPostgres(root, folder))
  if (namespaces.length > 0) {
    starts.push(startSharedTemporal(root, folder, namespaces))
    // Each worker of a test finds the bundle that this call writes.
    starts.push(workflowBundle().then(() => async () => undefined))
  }
  const servers = await Promise.allSettled(starts)
  const teardown = async () => {
    await Promise.all(servers.map((server) => (server.status === 'fulfilled' ? server.value() : undefined)))
    await rm(folder, { recursive: true, force: true })
  }
  const failed = servers.find(({ status }) => status === 'rejected')
  if (failed?.status !== 'rejected') return teardown
  await teardown()
  throw failed.reason
}

/** The selected test files with their projects. Vitest does not publish the filters of its command line. */
async function selectedFiles({ vitest }: TestProject): Promise<{ project: string; path: string }[]> {
  const { filenamePattern } = vitest as unknown as { filenamePattern?: string[] }
  const files = await vitest.globTestSpecifications(filenamePattern)
  return files.map((file) => ({ project: file.project.name, path: relative(vitest.config.root, file.moduleId) }))
}

async function startSharedPostgres(root: TestProject, dataDir: string): Promise<Stop> {
  const server = await startPostgres({ dataDir, fast: true })
  const template = new URL(server.url)
  template.pathname = TEMPLATE
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE}`)
  await admin.end()
  await migrateToLatest(template.href)
  root.provide('postgresAdminUrl', server.url)
  return async () => {
    await server.stop()
    await rm(server.cluster, { recursive: true, force: true })
  }
}

async function startSharedTemporal(root: TestProject, folder: string, namespaces: string[]): Promise<Stop> {
  const binary = findTemporal()
  if (!binary) throw new Error('The Temporal server is not installed: run `node stack/setup.mjs` once.')
  const server = await startTemporal({ binary, namespaces, headless: true, log: join(folder, 'temporal.log') })
  root.provide('temporalAddress', server.address)
  return server.stop
}
