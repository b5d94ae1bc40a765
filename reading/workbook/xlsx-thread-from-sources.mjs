// Node 20 reads no TypeScript in a thread, and `--import tsx` acts on the main thread only. dist/ has no need of this.
import { register } from 'tsx/esm/api'

register()
await import('./xlsx-thread.ts')
