import { posix } from 'node:path'
import { deterministic, deterministicPackages, floors, MAX_FILES, plumbing } from './plan.ts'
import type { Source } from './sources.ts'

const isBelow = (path: string, place: string) => path === place || path.startsWith(`${place}/`)
const floorOf = (path: string) => path.split('/')[0] ?? ''

/** Returns the imports of a floor that the plan does not allow. */
export function boundaryViolations(sources: Source[]): string[] {
  return sources.flatMap(({ path, files }) => {
    const floor = floorOf(path)
    const allowed = floors[floor]
    if (!allowed) return []
    const forbidden = files.filter((file) => ![floor, ...allowed].some((place) => isBelow(file, place)))
    return forbidden.map(
      (file) => `${path} imports ${file}: ${floor}/ may import only ${allowed.join(', ') || 'itself'}`,
    )
  })
}

/** Returns the packages and Node built-ins in code that must be deterministic. */
export function impureImports(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => deterministic.includes(floorOf(path)))
    .flatMap(({ path, packages }) =>
      packages
        .filter((name) => !deterministicPackages.some((allowed) => name.startsWith(allowed)))
        .map((name) => `${path} imports ${name}: ${floorOf(path)}/ is deterministic and does no I/O`),
    )
}

/** Returns the imports of a subject's room by plumbing of the same floor. */
export function plumbingViolations(sources: Source[]): string[] {
  return sources.flatMap(({ path, files }) => {
    const room = Object.keys(plumbing).find((place) => isBelow(path, place))
    if (!room) return []
    const known = [room, ...(plumbing[room] ?? [])]
    const subjects = files.filter(
      (file) => floorOf(file) === floorOf(path) && !known.some((place) => isBelow(file, place)),
    )
    return subjects.map((file) => `${path} imports ${file}: ${room}/ may not know a subject`)
  })
}

/** Returns one line for each group of files that import each other in a circle (Tarjan's algorithm). */
export function importCycles(sources: Source[]): string[] {
  const imports = new Map(sources.map(({ path, files }) => [path, files]))
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[] = []
  const visit = (path: string): number => {
    const index = order.size
    order.set(path, index)
    lowest.set(path, index)
    stack.push(path)
    for (const next of imports.get(path) ?? []) {
      if (!imports.has(next)) continue
      const reached = !order.has(next) ? visit(next) : stack.includes(next) ? (order.get(next) ?? index) : index
      lowest.set(path, Math.min(lowest.get(path) ?? index, reached))
    }
    if (lowest.get(path) === index) {
      const group = stack.splice(stack.indexOf(path))
      if (group.length > 1) cycles.push(group.sort().join(' ↔ '))
    }
    return lowest.get(path) ?? index
  }
  for (const { path } of sources) if (!order.has(path)) visit(path)
  return cycles
}

/** Returns the folders with more code files than one room holds. */
export function heaps(sources: Source[]): string[] {
  const counts = new Map<string, number>()
  for (const { path } of sources) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > MAX_FILES)
    .map(([folder, count]) => `${folder}/ holds ${count} files`)
}

/** Returns all violations of the house rules, one sentence for each. */
export function violations(sources: Source[]): string[] {
  const rules = [boundaryViolations, impureImports, plumbingViolations, importCycles, heaps]
  return rules.flatMap((rule) => rule(sources))
}
