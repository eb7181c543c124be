import { describe, expect, it } from 'vitest'
import type { GoalView } from '@/api/gen/types.gen'
import { readGoalsSearch } from '../search'
import { asksForNothing, EVERYTHING, isChanged, searchOf, viewQuery } from './viewQuery'

const SEARCH = readGoalsSearch({
  cycle: 'q3',
  q: 'renew',
  level: 'team',
  status: 'at_risk',
  state: 'active',
  owner: 'bea',
  view: 'table',
  sort: '-progress',
  columns: 'owner,status',
})

function view(query: GoalView['query']) {
  return { id: 'v', query } as GoalView
}

describe('a saved view', () => {
  it('comes back as it was saved', () => {
    expect({ ...SEARCH, ...searchOf(view(viewQuery(SEARCH, 'ada')), 'ada') }).toEqual({
      ...SEARCH,
      saved: 'v',
    })
  })

  it('of one’s own goals shows others theirs', () => {
    const mine = viewQuery({ owner: 'ada' }, 'ada')
    expect(mine).toMatchObject({ owner_id: null, is_mine: true })
    expect(searchOf(view(mine), 'bea').owner).toBe('bea')
  })

  it('has changed as soon as something else is asked for', () => {
    const saved = view(viewQuery(SEARCH, 'ada'))
    expect(isChanged({ ...SEARCH, saved: 'v', new: true }, saved, 'ada')).toBe(false)
    expect(isChanged({ ...SEARCH, level: undefined }, saved, 'ada')).toBe(true)
    expect(isChanged({ ...SEARCH, columns: ['owner'] }, saved, 'ada')).toBe(true)
    const tree = view(viewQuery({}, 'ada'))
    expect(isChanged({ view: 'tree' }, tree, 'ada')).toBe(false)
  })

  it('is opened by default only where nothing is asked for', () => {
    expect(asksForNothing(readGoalsSearch({}))).toBe(true)
    expect(asksForNothing({ ...SEARCH, ...EVERYTHING })).toBe(true)
    expect(asksForNothing({ new: true })).toBe(false)
    expect(asksForNothing({ saved: 'v' })).toBe(false)
  })
})
