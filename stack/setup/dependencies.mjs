import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './say.mjs'

const LEAST = [20, 19]

/** @throws when this Node is too old, with a sentence that says which is needed */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return
  throw new Error(
    `Node ${process.versions.node} is too old: install Node ${LEAST.join('.')} or newer, https://nodejs.org.`,
  )
}

/** Runs `npm ci` unless what package-lock.json asks for is installed. */
export function installDependencies() {
  if (installed()) return
  say('Installing the dependencies; once, about a minute.')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [command, ...first] = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(command, first, { cwd: ROOT, stdio: 'inherit' })
  if (error?.code === 'ENOENT') throw new Error('npm was not found: install it, it comes with Node.')
  if (status !== 0)
    throw new Error('The dependencies could not be installed: see the message of npm above, then try again.')
}

/**
 * Compares what npm wrote down as installed with what is asked for. Optional packages are those of one system only.
 * npm writes its list last, so an installation that was broken off does not count.
 */
function installed() {
  const list = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const there = packages(list)
  const wanted = Object.entries(packages(join(ROOT, 'package-lock.json')))
  return wanted.every(([path, entry]) => path === '' || entry.optional || there[path]?.version === entry.version)
}

/** @param {string} file */
function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}
