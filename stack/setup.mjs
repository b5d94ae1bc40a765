// Makes a fresh clone ready, and does nothing when it is: dependencies, build, Temporal. Before the dependencies are
// there, only Node's own modules can be used, so this file and those in setup/ import nothing else.
//
//   node stack/setup.mjs            what `npm start` needs
//   node stack/setup.mjs --test     also what the tests need
//   node stack/setup.mjs --start    and then starts the stack, in this process: npm passes its signals on to one only,
//                                   and `npm start` says `exec`, so that this one is it and not a shell

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, linkCommand } from './setup/build.mjs'
import { checkNode, installDependencies } from './setup/dependencies.mjs'
import { locked } from './setup/lock.mjs'
import { explain, ROOT, say } from './setup/say.mjs'

const wants = new Set(process.argv.slice(2))

/** @param {string} name a module of ours that was built a moment ago */
const built = (name) => import(new URL(`../dist/stack/${name}.js`, import.meta.url).href)

try {
  checkNode()
  // Only here: tests must not depend on what somebody has set for their own stack.
  if (wants.has('--start') && existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'))
  await locked(async () => {
    installDependencies()
    build()
    linkCommand()
    if (wants.has('--test') || !process.env.TEMPORAL_ADDRESS)
      await (await built('temporal/fetch-temporal')).fetchTemporal(say)
    if (wants.has('--test')) await (await built('temporal/fetch-test-server')).fetchTestServer(say)
  })
} catch (error) {
  explain(error)
}

if (wants.has('--start')) {
  await (await built('start')).main()
}
