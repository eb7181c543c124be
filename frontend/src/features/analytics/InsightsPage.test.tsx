import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import type { GoalInsights, InsightNumbers } from '@/api/gen/types.gen'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { InsightsPage } from './InsightsPage'

withApi()

const NUMBERS: InsightNumbers = {
  goals: 12,
  owners: 5,
  status: { n: 10, on_track: 6, at_risk: 3, off_track: 1, no_number: 0 },
  states: { n: 12, active: 10, closed: 1, cancelled: 1, archived: 0 },
  progress: { n: 9, average: '0.42', expected: '0.5' },
  cadence: { n: 10, count: 7, share: '0.7' },
  staleness: { n: 10, count: 2, share: '0.2' },
  alignment: { n: 11, count: 8, share: '0.727273' },
}
const INSIGHTS: GoalInsights = {
  day: '2026-11-26',
  cycle: { id: 'q4', name: 'Q4 2026', starts_on: '2026-10-01', ends_on: '2026-12-31' },
  group: { kind: 'company', id: null, name: null },
  numbers: NUMBERS,
  parts: [],
  trend: [],
  minimum: { goals: 5, owners: 3 },
  definitions: [],
}

const ME = { person: { id: 'ada', name: 'Ada' }, manages_people: false, permissions: [] }

const GROUPS = {
  departments: [{ id: 'sales', name: 'Sales' }],
  teams: [{ id: 'rockets', name: 'Rockets' }],
  is_complete: true,
}

let insights = INSIGHTS

beforeEach(() => {
  signIn()
  insights = INSIGHTS
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/analytics/goals', () => HttpResponse.json(insights)),
    http.get('*/v1/analytics/groups', () => HttpResponse.json(GROUPS)),
  )
})

const show = (search: Parameters<typeof InsightsPage>[0]['search'] = {}) => {
  const onSearch = vi.fn()
  return {
    onSearch,
    ...renderPart(<InsightsPage search={search} cycles={[]} onSearch={onSearch} />),
  }
}

test('each number says of how many goals it is told, and what is left of them', async () => {
  show()
  const cadence = await screen.findByRole('region', { name: 'Checked in as agreed' })
  expect(within(cadence).getByText('70%')).toBeInTheDocument()
  expect(within(cadence).getByText('of 10 goals that wait for check-ins')).toBeInTheDocument()
  expect(within(cadence).getByText('7 as agreed')).toBeInTheDocument()
  expect(within(cadence).getByText('3 later')).toBeInTheDocument()
  const status = screen.getByRole('region', { name: 'On track' })
  expect(within(status).getByText('60%')).toBeInTheDocument()
  expect(within(status).queryByText(/Without a number/)).not.toBeInTheDocument()
})

test('of too few goals nothing is told but why', async () => {
  insights = { ...INSIGHTS, numbers: null }
  show()
  expect(await screen.findByText('Too few goals to say')).toBeInTheDocument()
  expect(screen.getByText(/fewer than 5 goals or 3 owners/)).toBeInTheDocument()
  expect(screen.queryByRole('region', { name: 'On track' })).not.toBeInTheDocument()
})

test('a part that is too small is named, and its numbers are withheld', async () => {
  const group = { kind: 'department', id: 'sales', name: 'Sales' } as const
  insights = { ...INSIGHTS, parts: [{ group, may_open: false, numbers: null }] }
  show()
  const parts = await screen.findByRole('region', { name: 'By department' })
  expect(within(parts).getByText('Sales')).toBeInTheDocument()
  expect(within(parts).getByText('Too few to tell apart')).toBeInTheDocument()
  expect(within(parts).queryByRole('link', { name: 'Sales' })).not.toBeInTheDocument()
})

test('a team that one may ask about is chosen by its name', async () => {
  const { user, onSearch } = show({ cycle: 'q4' })
  await user.click(await screen.findByRole('combobox', { name: 'Whose goals' }))
  await user.click(await screen.findByRole('option', { name: 'Rockets' }))
  expect(onSearch).toHaveBeenCalledWith({ cycle: 'q4', group: 'team', id: 'rockets' })
})

test('a number opens to the goals that it counts, and closes again', async () => {
  const asked = vi.fn()
  server.use(
    http.get('*/v1/analytics/goals/behind', ({ request }) => {
      asked(Object.fromEntries(new URL(request.url).searchParams))
      return HttpResponse.json({ items: [], next_cursor: null })
    }),
  )
  const { user, onSearch } = show({ group: 'team', id: 'rockets', behind: 'out_of_rhythm' })
  const behind = await screen.findByRole('dialog', { name: 'Checked in later than agreed' })
  expect(await within(behind).findByText('No goal is counted here')).toBeInTheDocument()
  expect(asked).toHaveBeenCalledWith({
    group: 'team',
    id: 'rockets',
    counted: 'out_of_rhythm',
    limit: '50',
  })
  await user.click(within(behind).getByRole('button', { name: 'Close' }))
  expect(onSearch).toHaveBeenCalledWith({ group: 'team', id: 'rockets', behind: undefined })
})
