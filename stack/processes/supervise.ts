import { setTimeout as sleep } from 'node:timers/promises'
import type { PartName } from '../stack-info.ts'
import type { Child, Exit } from './child.ts'

export interface Running extends Child {
  stop(): Promise<void>
}

/** Something that can be started again and again, always at the same address. */
export interface Part {
  name: PartName
  log: string
  start(): Promise<Running>
}

export interface Listener {
  /** A part has a new process. */
  started(): Promise<void>
  /** A part ended without being asked, or could not be started again. */
  died(part: Part, how: Exit | Error): void
}

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000
/** A part that ran this long was well; the next time it is started again quickly. */
const WELL_MS = 30_000

/** Keeps a part running until it is told to stop. */
export class Supervised {
  private running: Running | undefined
  private readonly stopping = new AbortController()
  private loop: Promise<void> = Promise.resolve()
  /** How often it has ended by itself. */
  deaths = 0

  readonly part: Part
  private readonly listener: Listener

  constructor(part: Part, listener: Listener) {
    this.part = part
    this.listener = listener
  }

  /** The current process; null while there is none. */
  get pid(): number | null {
    return this.running?.pid ?? null
  }

  /**
   * Starts the part for the first time.
   *
   * @throws what its start throws; only later failures are tried again
   */
  async start(): Promise<void> {
    const starting = this.startOnce()
    // A stop that comes meanwhile has to wait for this start, or its process would be left.
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

  /** Ends the part; resolves when its process is gone. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running?.stop()
    await this.loop
    // A start that was under way when we were told to stop.
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
      wait = Date.now() - since > WELL_MS ? FIRST_WAIT_MS : wait
      await sleep(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
      running = await this.again()
    }
  }

  private async again(): Promise<Running | undefined> {
    if (this.stopping.signal.aborted) return undefined
    try {
      return await this.startOnce()
    } catch (error) {
      this.listener.died(this.part, error as Error)
      return undefined
    }
  }
}
