import { describe, expect, test } from 'vitest'
import type { OrgChart, OrgChartNode } from '@/api/gen/types.gen'
import { hierarchyOf, openAtFirst, pathTo } from './hierarchy'
import { CARD, layOut } from './layout'

function person(id: string, manager_id: string | null): OrgChartNode {
  return {
    id,
    name: id,
    job_title: null,
    department: null,
    manager_id,
    direct_reports: 0,
    all_reports: 0,
  }
}

/** A boss, `managers` below, and `each` people below every manager. */
function company(managers: number, each: number): OrgChart {
  const nodes = [person('boss', null), person('nobody', null)]
  for (let m = 0; m < managers; m++) {
    nodes.push(person(`m${m}`, 'boss'))
    for (let p = 0; p < each; p++) nodes.push(person(`m${m}p${p}`, `m${m}`))
  }
  for (const node of nodes) {
    node.direct_reports = nodes.filter((other) => other.manager_id === node.id).length
    node.all_reports = node.id === 'boss' ? nodes.length - 2 : node.direct_reports
  }
  return { as_of: '2026-11-23', nodes, roots: ['boss'], unassigned: ['nobody'] }
}

function overlaps(chart: ReturnType<typeof layOut>): [string, string][] {
  const found: [string, string][] = []
  for (const [index, a] of chart.people.entries()) {
    for (const b of chart.people.slice(index + 1)) {
      const apart = Math.abs(a.x - b.x) >= CARD.width || Math.abs(a.y - b.y) >= CARD.height
      if (!apart) found.push([a.person.id, b.person.id])
    }
  }
  return found
}

describe('hierarchyOf', () => {
  test('people without a line are in no line', () => {
    const whole = hierarchyOf(company(2, 2))
    expect(whole.roots.map(({ id }) => id)).toEqual(['boss'])
    expect(whole.unassigned.map(({ id }) => id)).toEqual(['nobody'])
    expect(whole.reportsOf.get('boss')).toHaveLength(2)
  })

  test('the path to somebody leads through their managers', () => {
    const whole = hierarchyOf(company(2, 2))
    expect(pathTo(whole, 'm1p0')).toEqual(['boss', 'm1'])
    expect(pathTo(whole, 'stranger')).toEqual([])
  })

  test('at first the top is open, and more only where it stays readable', () => {
    expect([...openAtFirst(hierarchyOf(company(3, 2)))]).toEqual(['boss', 'm0', 'm1', 'm2'])
    expect([...openAtFirst(hierarchyOf(company(3, 40)))]).toEqual(['boss'])
  })
})

describe('layOut', () => {
  test('who is below a closed line is not placed', () => {
    const { people, lines } = layOut(hierarchyOf(company(3, 2)), new Set(['boss']))
    expect(people.map(({ person }) => person.id).sort()).toEqual(['boss', 'm0', 'm1', 'm2'])
    expect(lines).toHaveLength(3)
  })

  test.each([
    [3, 4],
    [9, 35],
    [2, 1],
  ])('with %i managers of %i people nobody stands on anybody', (managers, each) => {
    const whole = hierarchyOf(company(managers, each))
    const chart = layOut(whole, new Set(whole.people.keys()))
    expect(chart.people).toHaveLength(1 + managers * (each + 1))
    expect(overlaps(chart)).toEqual([])
  })

  test('a long stack does not reach into the deeper lines beside it', () => {
    const chart = company(2, 12)
    const deep = person('deep', 'm1p0')
    chart.nodes.push(deep, person('deeper', 'deep'), person('deepest', 'deeper'))
    const whole = hierarchyOf(chart)
    expect(overlaps(layOut(whole, new Set(whole.people.keys())))).toEqual([])
  })

  test('everybody stands below their manager', () => {
    const whole = hierarchyOf(company(4, 9))
    const { people } = layOut(whole, new Set(whole.people.keys()))
    const y = new Map(people.map((placed) => [placed.person.id, placed.y]))
    for (const { person } of people) {
      if (person.manager_id) expect(y.get(person.id)).toBeGreaterThan(y.get(person.manager_id) ?? 0)
    }
  })
})
