import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from './processes/files.ts'

export const PARTS = ['api', 'worker', 'temporal', 'postgres', 'mail'] as const
export type PartName = (typeof PARTS)[number]

/** What `stack.json` tells programs of this machine while the stack runs. */
export interface StackInfo {
  /** Where the API and the console are. */
  api: string
  /** host:port */
  temporal: string
  /** Null when the server is not ours and nobody told its address. */
  temporalUi: string | null
  inbox: string | null
  smtp: string
  databaseUrl: string
  apiKey: string
  admin: { email: string; password: string }
  /** Null for a part that is not ours. */
  pids: Record<PartName, number | null>
}

const path = (dataDir: string) => join(dataDir, 'stack.json')

export function writeStackInfo(dataDir: string, info: StackInfo): Promise<void> {
  return writeAtomically(path(dataDir), `${JSON.stringify(info, null, 2)}\n`)
}

export function removeStackInfo(dataDir: string): Promise<void> {
  return rm(path(dataDir), { force: true })
}
