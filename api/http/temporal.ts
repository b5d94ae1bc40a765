import { Client, Connection } from '@temporalio/client'
import type { Config } from '../../config/config.ts'

export interface LazyTemporal {
  /** The client. It connects at the first call, and reconnects when the connection breaks. */
  client: () => Promise<Client>
  close: () => Promise<void>
}

/** Milliseconds between attempts to reconnect. With gRPC's default of two minutes, imports would wait for a server that is back. */
const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 3_000 }

/** Creates a Temporal client that opens no connection, and cannot fail, before its first use. */
export function lazyTemporal(config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): LazyTemporal {
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, channelArgs })
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })
  return { client: async () => client, close: () => connection.close() }
}
