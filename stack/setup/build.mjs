import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './say.mjs'

const STAMP = join(ROOT, 'dist', '.built')

/** The console's types, which the build generates from the API's description. */
const TYPES = 'web/api/schema.ts'

/** The steps of the build, in order. A step whose script does not exist is not part of this version. */
const STEPS = [
  {
    says: 'Compiling. This takes about 5 s.',
    script: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'tsconfig.build.json'],
  },
  { says: 'Bundling the workflows. This takes about 5 s.', script: 'dist/worker/bundle.js', args: [] },
  { script: 'dist/api/docs/write-typescript.js', args: [TYPES] },
  {
    says: 'Building the console. This takes about 5 s.',
    script: 'node_modules/vite/bin/vite.js',
    args: ['build', 'web', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
  },
]

/** Every build is a production build. The NODE_ENV of a test runner would select a slower React that logs warnings. */
const env = { ...process.env, NODE_ENV: 'production' }

/** Builds dist/ unless it was built from the current files. */
export function build() {
  const now = fingerprint()
  if (existsSync(STAMP) && existsSync(join(ROOT, TYPES)) && readFileSync(STAMP, 'utf8') === now) return
  rmSync(STAMP, { force: true })
  for (const { says, script, args } of STEPS) {
    if (!existsSync(join(ROOT, script))) continue
    if (says) say(says)
    const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, env, stdio: 'inherit' })
    if (status !== 0) throw new Error('The build failed. Read the messages above.')
  }
  writeFileSync(STAMP, now)
}

/** Returns a hash of the names, sizes and times of all files that the build reads. */
function fingerprint() {
  const { include } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.build.json'), 'utf8'))
  const fixed = ['web', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'stack/setup/build.mjs']
  const hash = createHash('sha256')
  for (const file of [...include, ...fixed].flatMap(files).filter((name) => name !== TYPES)) {
    const { size, mtimeMs } = statSync(join(ROOT, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** @param {string} path a file or folder of the clone. One that does not exist has no files */
function files(path) {
  const stat = lstatSync(join(ROOT, path), { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(join(ROOT, path))
    .sort()
    .flatMap((name) => files(join(path, name)))
}

/** Lets `npx muster` run this clone's own command. */
export function linkCommand() {
  const command = join(ROOT, 'dist', 'cli', 'muster.js')
  const link = join(ROOT, 'node_modules', '.bin', 'muster')
  if (process.platform === 'win32' || !existsSync(command)) return
  chmodSync(command, 0o755)
  if (existsSync(link)) return
  mkdirSync(join(link, '..'), { recursive: true })
  rmSync(link, { force: true })
  symlinkSync('../../dist/cli/muster.js', link)
}
