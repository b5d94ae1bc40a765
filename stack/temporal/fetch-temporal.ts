import { dirname } from 'node:path'
import { downloadsReachable, fetchInto, quietly, renameOnlyFile, type Say } from '../fetch.ts'
import { cachedTemporal, findProgram, findTemporal, TEMPORAL_CLI } from './find-temporal.ts'

/** Later tags have `replace` lines in go.mod, and `go install` does not accept those. */
const SOURCE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI}`

/**
 * Makes sure that a `temporal` command exists on the PATH or in the user's cache folder. Otherwise downloads it with the
 * SDK, or builds it with Go.
 *
 * @throws Error that says what to install
 */
export async function fetchTemporal(say: Say): Promise<void> {
  if (findTemporal()) return
  const failures: string[] = []
  if (await downloadsReachable()) {
    say('Downloading Temporal, about 40 MB. This happens once.')
    if (await attempt(failures, download)) return
  }
  if (findProgram('go')) {
    say('Temporal cannot be downloaded here. Building it with Go. This happens once and takes 3 to 6 minutes.')
    if (await attempt(failures, compile)) return
  }
  throw new Error(
    ['No Temporal server was found. Install the command "temporal" (https://docs.temporal.io/cli) or Go, or set']
      .concat(['TEMPORAL_ADDRESS to a running server.', ...failures.map((failure) => `\n${failure}`)])
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

/** Starts a server, because the SDK downloads a server only to start it. */
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
