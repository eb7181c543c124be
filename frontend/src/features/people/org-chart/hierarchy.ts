import type { OrgChart, OrgChartNode } from '@/api/gen/types.gen'

/** The chart by who reports to whom. */
export interface Hierarchy {
  people: Map<string, OrgChartNode>
  reportsOf: Map<string, OrgChartNode[]>
  roots: OrgChartNode[]
  unassigned: OrgChartNode[]
}

/** People with people below them first, the larger lines before the smaller, then by name. */
function byRank(a: OrgChartNode, b: OrgChartNode): number {
  return b.all_reports - a.all_reports || a.name.localeCompare(b.name)
}

export function hierarchyOf(chart: OrgChart): Hierarchy {
  const people = new Map(chart.nodes.map((person) => [person.id, person]))
  const reportsOf = new Map<string, OrgChartNode[]>()
  for (const person of chart.nodes) {
    if (!person.manager_id) continue
    const siblings = reportsOf.get(person.manager_id)
    if (siblings) siblings.push(person)
    else reportsOf.set(person.manager_id, [person])
  }
  for (const reports of reportsOf.values()) reports.sort(byRank)
  const known = (ids: string[]) => ids.flatMap((id) => people.get(id) ?? []).sort(byRank)
  return { people, reportsOf, roots: known(chart.roots), unassigned: known(chart.unassigned) }
}

/** From the top down to, but without, the person: what must be open for them to be seen. */
export function pathTo({ people }: Hierarchy, personId: string): string[] {
  const path: string[] = []
  let manager = people.get(personId)?.manager_id
  while (manager && !path.includes(manager)) {
    path.unshift(manager)
    manager = people.get(manager)?.manager_id
  }
  return path
}

/** Opens level after level as long as the whole stays readable at a glance. */
export function openAtFirst({ roots, reportsOf }: Hierarchy, atMost = 14): Set<string> {
  const open = new Set<string>()
  let level = roots
  let visible = roots.length
  while (level.length > 0) {
    const next = level.flatMap(({ id }) => reportsOf.get(id) ?? [])
    if (next.length === 0 || (visible + next.length > atMost && open.size > 0)) break
    for (const { id } of level) if (reportsOf.has(id)) open.add(id)
    visible += next.length
    level = next
  }
  return open
}

export function everyManager({ reportsOf }: Hierarchy): Set<string> {
  return new Set(reportsOf.keys())
}
