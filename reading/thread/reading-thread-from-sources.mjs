// Node 20 reads no TypeScript in a thread, and `--import tsx` acts on the main thread only. dist/ does not use this file.
import { register } from 'tsx/esm/api'

register()
await import('./reading-thread.ts')
