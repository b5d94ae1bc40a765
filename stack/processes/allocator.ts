/**
 * glibc's allocator settings for Muster's own programs. Other systems ignore them. By default, each thread has its own
 * arena, and freed memory stays in it: a worker grew from 190 MB to 390 MB after fifty files. With these settings it
 * grows to 250 MB and is no slower. The image sets the same (docs/decisions/0017-memory-goes-back.md).
 */
export const ALLOCATOR = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
} as const
