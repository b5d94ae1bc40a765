import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { addDemoData } from '../../db/demo.ts'
import { muster } from '../cli/in-process.ts'
import { apiWorld } from '../support/api-world.ts'
import { startWorker, stopWorker } from '../support/imports.ts'
import { examples } from './make-files.ts'

/** The API with the demo data on a port, a worker and the command line, as `npm start` provides them. */
export async function demoWorld(url: string) {
  const world = await apiWorld(url)
  await addDemoData(world.db, JSON.parse(await readFile(join(examples, 'demo.json'), 'utf8')))
  const key = await world.key(null, { name: 'Ada', contact: 'office@muster.example' })
  const worker = await startWorker(world)
  const server = serve({ fetch: world.app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.on('listening', resolve))
  const env = { MUSTER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, MUSTER_API_KEY: key }
  return {
    ...world,
    client: world.as(key),
    /** Runs a command in the folder of the clone, as the documentation does. */
    muster: (args: string[], more: Record<string, string> = {}, io: Parameters<typeof muster>[2] = {}) =>
      muster(args, { ...env, ...more }, { cwd: join(examples, '..'), ...io }),
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await stopWorker(worker)
      await world.close()
    },
  }
}
