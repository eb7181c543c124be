import type { Department } from '@/api/gen/types.gen'

/** Departments in the order of their tree, each with how deep it lies. */
export function byTree(departments: Department[]): { unit: Department; depth: number }[] {
  const known = new Set(departments.map(({ id }) => id))
  const below = (parentId: string | null) =>
    departments
      .filter(({ parent }) => {
        const above = parent && known.has(parent.id) ? parent.id : null
        return above === parentId
      })
      .sort((a, b) => a.name.localeCompare(b.name))
  const walk = (parentId: string | null, depth: number): { unit: Department; depth: number }[] =>
    below(parentId).flatMap((unit) => [{ unit, depth }, ...walk(unit.id, depth + 1)])
  return walk(null, 0)
}

/** A department and whatever lies below it: none of these can be its parent. */
export function withAllBelow(departments: Department[], departmentId: string): Set<string> {
  const found = new Set([departmentId])
  for (const id of found) {
    for (const each of departments) if (each.parent?.id === id) found.add(each.id)
  }
  return found
}
