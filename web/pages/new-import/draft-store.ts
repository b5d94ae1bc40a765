import type { Draft } from './draft.ts'

/** With its file, and whose it is. */
export interface StoredDraft extends Draft {
  account: string
  content: File
}

const STORE = 'drafts'

/** What is in work is kept by this browser until it is imported or discarded. */
export const storedDrafts = {
  find: (id: string) => run<StoredDraft | undefined>('readonly', (store) => store.get(id)),
  put: (draft: StoredDraft) => run('readwrite', (store) => store.put(draft)),
  remove: (id: string) => run('readwrite', (store) => store.delete(id)),
  async list(account: string): Promise<StoredDraft[]> {
    const all = await run<StoredDraft[]>('readonly', (store) => store.getAll())
    const own = all.filter((draft) => draft.account === account)
    return own.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
  },
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const opening = indexedDB.open('muster', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' })
  const database = await answerOf<IDBDatabase>(opening)
  try {
    return await answerOf<T>(work(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

function answerOf<T>(asked: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result as T)
    asked.onerror = () => reject(asked.error)
  })
}
