import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * The range for ports. It lies below every system's range for outgoing connections (from 32768 on Linux, from 49152 on
 * macOS and Windows). A port inside that range could be taken by an outgoing connection while a part restarts, and a
 * client that retries a dead server there can connect to itself.
 */
const FIRST = 15_000
const LAST = 32_000

/** Returns whether a server could listen on `port` of `host` now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // Without IPv6, listening on `::` fails for another reason, and the port is free.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(!['EADDRINUSE', 'EACCES'].includes(error.code ?? '')),
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/**
 * Returns a free port of 127.0.0.1. It is random, so that two stacks that start together rarely pick the same port.
 *
 * @param taken ports that were returned before and are not in use yet
 */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(FIRST, LAST)
    if (!taken.has(port) && (await isFree(port))) return port
  }
  throw new Error(`No free port was found between ${FIRST} and ${LAST}.`)
}
