import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mailPart, ownPart, postgresPart, runToEnd, type Stack, temporalPart } from './parts.ts'
import { tail, trySignal } from './processes/child.ts'
import { ownDataDir, rememberParts } from './processes/own-data-dir.ts'
import { type Part, Supervised } from './processes/supervise.ts'
import { loadSecrets } from './secrets.ts'
import { choosePorts, dataFolder } from './settings.ts'
import { type PartName, removeStackInfo, type StackInfo, writeStackInfo } from './stack-info.ts'

type Say = (text: string) => void

/** Milliseconds between SIGTERM and SIGKILL. The worker can finish one batch in this time. Unfinished work is repeated. */
const GRACE_MS = { worker: 40_000, api: 15_000 }

/** The stack gives up when a part has ended this often before the stack is ready. */
const MAX_STARTUP_CRASHES = 3

/** One running stack: its parts in start order, and the information about them in `stack.json`. */
export class RunningStack {
  private readonly parts: Supervised[] = []
  private readonly aborted = new AbortController()
  private release: () => Promise<void> = async () => undefined
  private info: Omit<StackInfo, 'pids'> | undefined
  private publishing: Promise<void> = Promise.resolve()
  private starting: Promise<unknown> = Promise.resolve()
  private ready = false

  readonly dataDir: string
  private readonly env: NodeJS.ProcessEnv
  private readonly say: Say

  constructor(env: NodeJS.ProcessEnv, say: Say) {
    this.env = env
    this.say = say
    this.dataDir = dataFolder(env)
  }

  /**
   * Starts every part that the environment does not name as external. Resolves when the API and the worker are ready.
   * Rejects after a failure or a call of `stop`. In both cases, `stop` ends the parts that were started.
   */
  start(): Promise<StackInfo> {
    const starting = this.bringUp()
    this.starting = starting.catch(() => undefined)
    return starting
  }

  /** Ends the API and the worker first, then the servers that they use. Resolves when no process is left. */
  async stop(): Promise<void> {
    this.aborted.abort(new Error('The stack was stopped before it was ready.'))
    await this.starting
    await Promise.all(this.named('api', 'worker').map((part) => part.stop()))
    for (const part of this.named('mail', 'temporal', 'postgres')) await part.stop()
    await this.publishing
    if (this.info) await removeStackInfo(this.dataDir)
    await this.release()
  }

  /** Ends all parts immediately, without a grace period. */
  kill(): void {
    for (const { pid } of this.parts) if (pid !== null) trySignal(pid, 'SIGKILL')
  }

  private async bringUp(): Promise<StackInfo> {
    this.release = await ownDataDir(this.dataDir)
    await removeStackInfo(this.dataDir)
    await mkdir(join(this.dataDir, 'logs'), { recursive: true, mode: 0o700 })
    const secrets = await loadSecrets(this.dataDir, this.env)
    const stack: Stack = { dataDir: this.dataDir, ports: await choosePorts(this.env), env: { ...this.env, ...secrets } }
    this.info = await this.startServers(stack)
    await this.run(ownPart(stack, 'worker', GRACE_MS.worker))
    await this.run(ownPart(stack, 'api', GRACE_MS.api))
    await this.waitUntilReady(stack)
    this.ready = true
    await this.publish()
    return { ...this.info, pids: this.pids() }
  }

  /** Starts the database, Temporal and the mail catcher unless they are external, and adds their addresses to `env`. */
  private async startServers(stack: Stack): Promise<Omit<StackInfo, 'pids'>> {
    const { env, ports } = stack
    env.PORT = String(ports.api)
    env.PUBLIC_URL ||= `http://localhost:${ports.api}`
    env.WORKER_PORT = String(ports.worker)
    env.WORKER_METRICS_URL = `http://127.0.0.1:${ports.worker}/metrics`
    const temporal = env.TEMPORAL_ADDRESS ? undefined : this.run(temporalPart(stack))
    const mail = env.SMTP_URL ? undefined : this.run(mailPart(stack))
    // Awaited below. Until then, a failure must not count as an unhandled rejection.
    const servers = Promise.all([temporal, mail])
    servers.catch(() => undefined)
    await this.startDatabase(stack)
    await servers
    if (temporal) env.TEMPORAL_UI_URL = `http://127.0.0.1:${ports.temporalUi}`
    if (mail) env.INBOX_URL = `http://127.0.0.1:${ports.inbox}`
    env.TEMPORAL_ADDRESS ||= `127.0.0.1:${ports.temporal}`
    env.SMTP_URL ||= `smtp://127.0.0.1:${ports.smtp}`
    return describe(env)
  }

  private async startDatabase(stack: Stack): Promise<void> {
    const embedded = !stack.env.DATABASE_URL
    if (embedded) await this.run(postgresPart(stack, (url) => Object.assign(stack.env, { DATABASE_URL: url })))
    await runToEnd(stack, 'migrate', this.aborted.signal)
    const done = join(this.dataDir, 'demo-data')
    if (!embedded || existsSync(done)) return
    await runToEnd(stack, 'demo', this.aborted.signal)
    await writeFile(done, 'The demo companies and courses were added once. What you delete stays deleted.\n')
  }

  private async run(part: Part): Promise<void> {
    this.aborted.signal.throwIfAborted()
    const supervised = new Supervised(part, {
      started: () => this.publish(),
      died: ({ name, log }, how) => this.say(`${name} ${sentence(how)} and is being restarted. Its log: ${log}`),
    })
    this.parts.push(supervised)
    await supervised.start()
  }

  private async waitUntilReady({ ports }: Stack): Promise<void> {
    for (const [name, port] of [
      ['worker', ports.worker],
      ['api', ports.api],
    ] as const) {
      while (!(await answersReady(port))) {
        this.aborted.signal.throwIfAborted()
        const [part] = this.named(name)
        if (part && part.deaths >= MAX_STARTUP_CRASHES) {
          throw new Error(`${name} does not start. Its log, ${part.part.log}, ends with:\n${await tail(part.part.log)}`)
        }
        await sleep(100)
      }
    }
  }

  private named(...names: PartName[]): Supervised[] {
    return names.flatMap((name) => this.parts.filter(({ part }) => part.name === name))
  }

  private pids(): StackInfo['pids'] {
    const pid = (name: PartName) => this.named(name)[0]?.pid ?? null
    return {
      api: pid('api'),
      worker: pid('worker'),
      temporal: pid('temporal'),
      postgres: pid('postgres'),
      mail: pid('mail'),
    }
  }

  /**
   * Stores the process ids after each start of a part, so that the next start of the stack can end leftovers. Writes
   * `stack.json` once the stack is ready.
   */
  private publish(): Promise<void> {
    this.publishing = this.publishing
      .then(() => this.store())
      // A full disk must not end the stack. The parts continue, and the next change is stored again.
      .catch((error: Error) => this.say(`${this.dataDir} cannot be written: ${error.message}`))
    return this.publishing
  }

  private async store(): Promise<void> {
    const { api, worker, mail, temporal, postgres } = this.pids()
    await rememberParts(
      this.dataDir,
      [api, worker, mail, temporal, postgres].filter((pid) => pid !== null),
    )
    if (this.ready && this.info) await writeStackInfo(this.dataDir, { ...this.info, pids: this.pids() })
  }
}

function describe(env: NodeJS.ProcessEnv): Omit<StackInfo, 'pids'> {
  const { PORT, TEMPORAL_ADDRESS = '', SMTP_URL = '', DATABASE_URL = '', MUSTER_API_KEY = '' } = env
  return {
    api: `http://localhost:${PORT}`,
    temporal: TEMPORAL_ADDRESS,
    temporalUi: env.TEMPORAL_UI_URL || null,
    inbox: env.INBOX_URL || null,
    smtp: SMTP_URL,
    databaseUrl: DATABASE_URL,
    apiKey: MUSTER_API_KEY,
    admin: { email: env.MUSTER_ADMIN_EMAIL ?? '', password: env.MUSTER_ADMIN_PASSWORD ?? '' },
  }
}

function sentence(how: { code: number | null; signal: string | null } | Error): string {
  if (how instanceof Error) return `could not be started (${how.message.split('\n')[0]})`
  return `ended (${how.signal ?? `exit code ${how.code}`})`
}

async function answersReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5000) })
    return response.status === 200
  } catch {
    return false
  }
}
