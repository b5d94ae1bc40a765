import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './say.mjs'

const MIN_NODE = [20, 19]

/** @throws Error that names the required version when this Node is too old */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return
  throw new Error(
    `Node ${process.versions.node} is too old. Install Node ${MIN_NODE.join('.')} or newer from https://nodejs.org.`,
  )
}

/** Runs `npm ci` unless all packages of package-lock.json are installed. */
export function installDependencies() {
  if (installed()) return
  say('Installing the dependencies. This happens once and takes about a minute.')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [command, ...first] = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(command, first, { cwd: ROOT, stdio: 'inherit' })
  if (error?.code === 'ENOENT') throw new Error('npm was not found. Install Node with npm.')
  if (status !== 0)
    throw new Error('The dependencies could not be installed. Read the message of npm above, then try again.')
}

/**
 * Compares npm's list of installed packages with package-lock.json. Skips optional packages, which exist for some
 * systems only. npm writes its list last, so an interrupted installation does not count.
 */
function installed() {
  const list = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const present = packages(list)
  const wanted = Object.entries(packages(join(ROOT, 'package-lock.json')))
  return wanted.every(([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version)
}

/** @param {string} file */
function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}
