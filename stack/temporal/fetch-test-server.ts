import { chmod, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { downloadsReachable, fetchInto, quietly, renameOnlyFile, type Say } from '../fetch.ts'
import { findProgram } from './find-temporal.ts'
import { cachedTestServer, findTestServer, TEST_SERVER } from './test-server.ts'

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>muster</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${TEST_SERVER}</version>
    </dependency>
  </dependencies>
</project>
`

/** The SDK allows 5 s for the start. With one compiler and one garbage collector, the server needs half of that. */
const SCRIPT = `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`

/**
 * Makes sure that the time-skipping test server is in the user's cache folder. Downloads it with the SDK, or fetches the
 * same server from Maven's repository and starts it by a script.
 *
 * @throws Error that says what to install
 */
export async function fetchTestServer(say: Say): Promise<void> {
  if (findTestServer()) return
  if (await downloadsReachable()) {
    say('Downloading the time-skipping Temporal server for tests, about 60 MB. This happens once.')
    const done = await download().catch(() => false)
    if (done) return
  }
  if (!findProgram('java') || !findProgram('mvn')) {
    throw new Error(
      'The time-skipping Temporal server cannot be downloaded here. Install Java and Maven, then try again.',
    )
  }
  say('Fetching the time-skipping Temporal server for tests with Maven. This happens once and takes about 30 s.')
  await fetchInto(dirname(cachedTestServer()), fromMaven)
}

/** Starts a server, because the SDK downloads a server only to start it. */
async function download(): Promise<true> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing')
  await fetchInto(dirname(cachedTestServer()), async (downloadDir) => {
    const server = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'cached-download', downloadDir } },
    })
    await server.teardown()
    await renameOnlyFile(downloadDir, 'test-server')
  })
  return true
}

async function fromMaven(folder: string): Promise<void> {
  await writeFile(join(folder, 'pom.xml'), POM)
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
  await quietly('mvn', ['-q', '-B', goal, '-DoutputDirectory=lib', '-DincludeScope=runtime'], { cwd: folder })
  const script = join(folder, 'test-server')
  await writeFile(script, SCRIPT)
  await chmod(script, 0o755)
}
