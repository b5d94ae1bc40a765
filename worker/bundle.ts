import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'

/** The workflows as one script, which set-up builds. A production worker starts without a bundler. */
export const bundlePath = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url))

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

/** Path of the workflows' sources. The SDK is CommonJS and needs a path, not a URL. */
export const workflowsPath = fileURLToPath(new URL(`../workflows/index.${extension}`, import.meta.url))

/** Returns the pre-built bundle if there is one, otherwise the sources. */
export function workflowSource(): { workflowBundle: { codePath: string } } | { workflowsPath: string } {
  return existsSync(bundlePath) ? { workflowBundle: { codePath: bundlePath } } : { workflowsPath }
}

/** Bundles the workflows and returns the code. */
export async function bundleWorkflows(): Promise<string> {
  const quiet = { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error }
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet })
  return code
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  await writeFile(bundlePath, await bundleWorkflows())
}
