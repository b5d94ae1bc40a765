import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, isFree } from './processes/ports.ts'

/** The clone's folder, relative to dist/stack/. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Ports {
  api: number
  worker: number
  postgres: number
  temporal: number
  temporalUi: number
  smtp: number
  inbox: number
}

const VARIABLES: Record<keyof Ports, string> = {
  api: 'PORT',
  worker: 'WORKER_PORT',
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  temporalUi: 'TEMPORAL_UI_PORT',
  smtp: 'SMTP_PORT',
  inbox: 'INBOX_PORT',
}

export function dataFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env.MUSTER_DATA_DIR || join(ROOT, '.muster'))
}

/**
 * Returns the port of each part: the one that the environment names, else 3000 for the API and a free port for the
 * others. Ports are chosen once for each start of the stack, so a restarted part keeps its port.
 *
 * @throws Error with one sentence when a chosen port is in use
 */
export async function choosePorts(env: NodeJS.ProcessEnv): Promise<Ports> {
  const taken = new Set<number>()
  const ports: Partial<Ports> = {}
  for (const [part, variable] of Object.entries(VARIABLES) as [keyof Ports, string][]) {
    const port = await choosePort(variable, env[variable] || (part === 'api' ? '3000' : '0'), taken)
    taken.add(port)
    ports[part] = port
  }
  return ports as Ports
}

async function choosePort(variable: string, text: string, taken: Set<number>): Promise<number> {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`${variable}: expected a port number.`)
  if (port === 0) return freePort(taken)
  if (taken.has(port) || !(await isFree(port)) || !(await isFree(port, '::'))) {
    throw new Error(`Port ${port} is in use. Stop the program that uses it, or set ${variable} to another port.`)
  }
  return port
}
