/**
 * How glibc keeps the memory of our own programs; other systems ignore it. By default each thread has an arena of its own,
 * and memory that was freed stays in them: after fifty files a worker stood at 390 MB that had begun with 190. With
 * these, measured as no slower, it stands at 250. The image sets the same (docs/decisions/0017-memory-goes-back.md).
 */
export const ALLOCATOR = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
} as const
