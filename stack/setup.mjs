// Sets up a fresh clone: dependencies, build, Temporal. Does nothing if the clone is set up. Until the dependencies are
// installed, only Node's own modules are available, so this file and those in setup/ import nothing else.
//
//   node stack/setup.mjs            sets up what `npm start` needs
//   node stack/setup.mjs --test     also sets up what the tests need
//   node stack/setup.mjs --start    then starts the stack in this process. npm passes its signals on to one process
//                                   only, and `npm start` uses `exec` so that this is that process and not a shell

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, linkCommand } from './setup/build.mjs'
import { checkNode, installDependencies } from './setup/dependencies.mjs'
import { locked } from './setup/lock.mjs'
import { explain, ROOT, say } from './setup/say.mjs'

const flags = new Set(process.argv.slice(2))

/** @param {string} name a module in dist/stack/, which `build` has compiled */
const built = (name) => import(new URL(`../dist/stack/${name}.js`, import.meta.url).href)

try {
  checkNode()
  // Only here, because tests must not depend on the settings of a developer's own stack.
  if (flags.has('--start') && existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'))
  await locked(async () => {
    installDependencies()
    build()
    linkCommand()
    if (flags.has('--test') || !process.env.TEMPORAL_ADDRESS)
      await (await built('temporal/fetch-temporal')).fetchTemporal(say)
    if (flags.has('--test')) await (await built('temporal/fetch-test-server')).fetchTestServer(say)
  })
} catch (error) {
  explain(error)
}

if (flags.has('--start')) {
  await (await built('start')).main()
}
