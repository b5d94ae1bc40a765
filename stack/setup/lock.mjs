import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT, say } from './say.mjs'

const LOCK = join(ROOT, 'dist', '.setup.lock')

/**
 * Runs `work` while no other set-up of this clone runs. Waits for another set-up to end.
 *
 * @param {() => Promise<void>} work
 */
export async function locked(work) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  for (let waited = false; !take(); waited = true) {
    if (!waited) say('Another set-up of this clone is running. Waiting for it to end.')
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

/** @returns {boolean} whether this process now holds the lock */
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
    // The process runs and belongs to another user of the system.
    return error.code === 'EPERM'
  }
}
