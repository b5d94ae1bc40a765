import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT, say } from './say.mjs'

const LOCK = join(ROOT, 'dist', '.setup.lock')

/**
 * Does `work` while no other set-up of this clone is at work; waits for one that is.
 *
 * @param {() => Promise<void>} work
 */
export async function locked(work) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  for (let waited = false; !take(); waited = true) {
    if (!waited) say('Another set-up of this clone is running; waiting for it.')
    await sleep(200)
  }
  const release = () => rmSync(LOCK, { force: true })
  process.once('exit', release)
  try {
    await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

/** @returns {boolean} whether the lock is ours now */
function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!ownerLives()) rmSync(LOCK, { force: true })
    return false
  }
}

function ownerLives() {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, but lives.
    return error.code === 'EPERM'
  }
}
