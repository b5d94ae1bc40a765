import { dirname } from 'node:path'
import { downloadsReachable, fetchInto, quietly, renameOnlyFile, type Say } from '../fetch.ts'
import { cachedTemporal, findProgram, findTemporal, TEMPORAL_CLI } from './find-temporal.ts'

/**
 * Newer tags carry `replace` lines in their go.mod, and `go install` refuses those.
 */
const SOURCE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI}`

/**
 * Sees to it that there is a `temporal` command: on the PATH or in the user's cache folder already, downloaded by the
 * SDK, or built with Go.
 *
 * @throws with a sentence that says what to install
 */
export async function fetchTemporal(say: Say): Promise<void> {
  if (findTemporal()) return
  const failures: string[] = []
  if (await downloadsReachable()) {
    say('Downloading Temporal; once, about 40 MB.')
    if (await attempt(failures, download)) return
  }
  if (findProgram('go')) {
    say('Building Temporal with Go, because it cannot be downloaded here; once, 3 to 6 minutes.')
    if (await attempt(failures, compile)) return
  }
  throw new Error(
    ['There is no Temporal server. Install the command "temporal" (https://docs.temporal.io/cli), or Go, or set']
      .concat(['TEMPORAL_ADDRESS to a server that runs.', ...failures.map((failure) => `\n${failure}`)])
      .join(' '),
  )
}

async function attempt(failures: string[], work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error))
    return false
  }
}

/** The SDK downloads only what it then starts. */
async function download(): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  await fetchInto(dirname(cachedTemporal()), async (downloadDir) => {
    const server = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir } },
    })
    await server.teardown()
    await renameOnlyFile(downloadDir, 'temporal')
  })
}

async function compile(): Promise<void> {
  await fetchInto(dirname(cachedTemporal()), async (folder) => {
    await quietly('go', ['install', SOURCE], { cwd: folder, env: { ...process.env, GOBIN: folder, GOFLAGS: '' } })
  })
}
