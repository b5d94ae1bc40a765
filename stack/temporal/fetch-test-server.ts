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

/** The SDK gives it 5 s to start; with one compiler and one collector it is there in half of the time. */
const SCRIPT = `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`

/**
 * Sees to it that the time-skipping test server is in the user's cache folder: downloaded by the SDK, or the same
 * server from Maven's repository, behind a script.
 *
 * @throws with a sentence that says what to install
 */
export async function fetchTestServer(say: Say): Promise<void> {
  if (findTestServer()) return
  if (await downloadsReachable()) {
    say('Downloading the time-skipping Temporal server for tests; once, about 60 MB.')
    const done = await download().catch(() => false)
    if (done) return
  }
  if (!findProgram('java') || !findProgram('mvn')) {
    throw new Error(
      'The time-skipping Temporal server cannot be downloaded here: install Java and Maven, then try again.',
    )
  }
  say('Fetching the time-skipping Temporal server for tests with Maven; once, about 30 s.')
  await fetchInto(dirname(cachedTestServer()), fromMaven)
}

/** The SDK downloads only what it then starts. */
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
