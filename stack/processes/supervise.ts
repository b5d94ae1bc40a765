import { setTimeout as sleep } from 'node:timers/promises'
import type { PartName } from '../stack-info.ts'
import type { Child, Exit } from './child.ts'

export interface Running extends Child {
  stop(): Promise<void>
}

/** A part of the stack. It can be started repeatedly, always at the same address. */
export interface Part {
  name: PartName
  log: string
  start(): Promise<Running>
}

export interface Listener {
  /** A part has a new process. */
  started(): Promise<void>
  /** A part ended without a stop, or could not be restarted. */
  died(part: Part, how: Exit | Error): void
}

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000
/** A part that ran at least this long was stable. Its next restart begins with the first wait again. */
const STABLE_MS = 30_000

/** Keeps a part running until `stop` is called. */
export class Supervised {
  private running: Running | undefined
  private readonly stopping = new AbortController()
  private loop: Promise<void> = Promise.resolve()
  /** How often the part has ended without a stop. */
  deaths = 0

  readonly part: Part
  private readonly listener: Listener

  constructor(part: Part, listener: Listener) {
    this.part = part
    this.listener = listener
  }

  /** The id of the running process, or null while none runs. */
  get pid(): number | null {
    return this.running?.pid ?? null
  }

  /**
   * Starts the part for the first time.
   *
   * @throws the error of the first start. Only later failures are retried
   */
  async start(): Promise<void> {
    const starting = this.startOnce()
    // A stop during this start must wait for it. Otherwise the new process would keep running.
    this.loop = starting.then(
      () => undefined,
      () => undefined,
    )
    const first = await starting
    this.loop = this.keepRunning(first)
  }

  private async startOnce(): Promise<Running> {
    this.running = await this.part.start()
    await this.listener.started()
    return this.running
  }

  /** Ends the part. Resolves when its process has ended. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running?.stop()
    await this.loop
    // Ends the process of a start that was in progress when `stop` was called.
    await this.running?.stop()
    this.running = undefined
  }

  private async keepRunning(first: Running): Promise<void> {
    let wait = FIRST_WAIT_MS
    for (let running: Running | undefined = first; !this.stopping.signal.aborted; ) {
      const since = Date.now()
      if (running) {
        const exit = await running.exited
        if (this.stopping.signal.aborted) return
        this.deaths++
        this.listener.died(this.part, exit)
      }
      wait = Date.now() - since > STABLE_MS ? FIRST_WAIT_MS : wait
      await sleep(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
      running = await this.restart()
    }
  }

  private async restart(): Promise<Running | undefined> {
    if (this.stopping.signal.aborted) return undefined
    try {
      return await this.startOnce()
    } catch (error) {
      this.listener.died(this.part, error as Error)
      return undefined
    }
  }
}
