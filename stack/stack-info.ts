import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from './processes/files.ts'

export const PARTS = ['api', 'worker', 'temporal', 'postgres', 'mail'] as const
export type PartName = (typeof PARTS)[number]

/** The content of `stack.json`, for other programs on this machine while the stack runs. */
export interface StackInfo {
  /** The URL of the API and the console. */
  api: string
  /** host:port */
  temporal: string
  /** Null for an external server whose UI has no configured URL. */
  temporalUi: string | null
  inbox: string | null
  smtp: string
  databaseUrl: string
  apiKey: string
  admin: { email: string; password: string }
  /** Null for an external part. */
  pids: Record<PartName, number | null>
}

const path = (dataDir: string) => join(dataDir, 'stack.json')

export function writeStackInfo(dataDir: string, info: StackInfo): Promise<void> {
  return writeAtomically(path(dataDir), `${JSON.stringify(info, null, 2)}\n`)
}

export function removeStackInfo(dataDir: string): Promise<void> {
  return rm(path(dataDir), { force: true })
}
