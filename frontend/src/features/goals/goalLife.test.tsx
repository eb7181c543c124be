import { Button } from '@mantine/core'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { useState } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Closing, GoalDetail, Initiative, Negotiation } from '@/api/gen/types.gen'
import { goal, keyResult, ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { AgreementCard } from './AgreementCard'
import { RequestChangesDrawer } from './AgreementDrawers'
import { CarryOverDrawer } from './CarryOverDrawer'
import { CloseGoalDrawer } from './CloseGoalDrawer'
import { ClosingsCard } from './ClosingsCard'
import { GoalActions } from './GoalActions'
import { GoalMarks } from './GoalMarks'
import { GoalPeople } from './GoalPeople'
import { Initiatives } from './Initiatives'
import { ServedBy } from './ServedBy'

withApi()

const BEN = { id: 'ben', name: 'Ben Okafor', job_title: null }
const sent: { method: string; path: string; body: unknown }[] = []

function page(...items: unknown[]) {
  return () => HttpResponse.json({ items, next_cursor: null })
}

/** Answers whatever is written with this, and remembers it. */
function answering(document: object | null) {
  const answer = async ({ request }: { request: Request }) => {
    const text = await request.text()
    const { pathname } = new URL(request.url)
    sent.push({ method: request.method, path: pathname, body: text ? JSON.parse(text) : null })
    return document ? HttpResponse.json(document) : new HttpResponse(null, { status: 204 })
  }
  server.use(
    http.post('*/v1/goals/*', answer),
    http.post('*/v1/initiatives/*', answer),
    http.put('*/v1/goals/*', answer),
    http.delete('*/v1/goals/*', answer),
  )
}

beforeEach(() => {
  signIn()
  sent.length = 0
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/people', page(BEN)),
    http.get('*/v1/goal-cycles', page()),
  )
})

const closed = { state: 'closed', status: null, expected: null } as const

describe('the marks in the header', () => {
  test('name the ambition always, the rest as far as it says something', () => {
    renderPart(
      <GoalMarks
        goal={goal({
          ambition: 'aspirational',
          purpose: 'development',
          agreement: 'proposed',
          awaits: 'manager',
        })}
      />,
    )
    return waitFor(() => {
      expect(screen.getByText('Aspiration')).toBeInTheDocument()
      expect(screen.getByText('Personal development')).toBeInTheDocument()
      expect(screen.getByText('Waits for the manager')).toBeInTheDocument()
    })
  })

  test('say nothing of what is as usual', async () => {
    renderPart(<GoalMarks goal={goal()} />)
    expect(await screen.findByText('Commitment')).toBeInTheDocument()
    expect(screen.queryByText('Agreed')).not.toBeInTheDocument()
    expect(screen.queryByText('Personal development')).not.toBeInTheDocument()
  })
})

describe('what can be done', () => {
  async function menuOf(document: GoalDetail) {
    const part = renderPart(<GoalActions goal={document} onSearch={vi.fn()} />)
    await part.user.click(await screen.findByRole('button', { name: 'More' }))
    const menu = await screen.findByRole('menu')
    return { ...part, menu }
  }

  test('follows the permissions', async () => {
    const { menu } = await menuOf(goal({ ...closed, permissions: ['reopen', 'carry_over'] }))
    const items = within(menu).getAllByRole('menuitem')
    expect(items.map((item) => item.textContent)).toEqual(['Reopen', 'Print'])
    expect(screen.getByRole('button', { name: 'Carry over' })).toBeInTheDocument()
  })

  test('archiving tells what goes along, and is undone with a click', async () => {
    answering(goal())
    const { user, menu } = await menuOf(
      goal({ ...closed, permissions: ['archive'], goes_along_count: 3 }),
    )
    await user.click(within(menu).getByRole('menuitem', { name: 'Archive' }))
    expect(await screen.findByText(/is archived, with 3 goals below it/)).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() =>
      expect(sent.map(({ path }) => path)).toEqual([
        '/v1/goals/goal/archive',
        '/v1/goals/goal/restore',
      ]),
    )
  })

  test('agreeing comes first for whoever is asked', async () => {
    answering(goal())
    const { user } = renderPart(
      <GoalActions
        goal={goal({ last_step_id: 'two', permissions: ['agree', 'check_in', 'edit'] })}
        onSearch={vi.fn()}
      />,
    )
    await user.click(await screen.findByRole('button', { name: 'Agree' }))
    await waitFor(() => expect(sent[0]?.path).toBe('/v1/goals/goal/agree'))
    expect(sent[0]?.body).toEqual({ step_id: 'two' })
  })
})

describe('people on a goal', () => {
  const members = [{ person: BEN, role: 'contributor', was_owner: false }] as const

  test('are taken off at once, and brought back with their role', async () => {
    answering(null)
    const { user } = renderPart(<GoalPeople goal={goal({ members: [...members] })} />)
    await user.click(await screen.findByRole('button', { name: 'Take Ben Okafor off this goal' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() =>
      expect(sent).toEqual([
        { method: 'DELETE', path: '/v1/goals/goal/members/ben', body: null },
        { method: 'PUT', path: '/v1/goals/goal/members/ben', body: { role: 'contributor' } },
      ]),
    )
  })

  test('are joined as what was chosen', async () => {
    answering(null)
    const { user } = renderPart(<GoalPeople goal={goal()} />)
    await user.click(await screen.findByText('Co-owner'))
    await user.click(screen.getByRole('combobox', { name: 'Add somebody' }))
    await user.click(await screen.findByRole('option', { name: /Ben Okafor/ }))
    await waitFor(() =>
      expect(sent).toEqual([
        { method: 'PUT', path: '/v1/goals/goal/members/ben', body: { role: 'owner' } },
      ]),
    )
  })

  test('are only read by whoever may not edit, who may still leave', async () => {
    const mine = [...members, { person: ME.person, role: 'owner' as const, was_owner: true }]
    renderPart(<GoalPeople goal={goal({ owner: BEN, members: mine, permissions: ['leave'] })} />)
    expect(
      await screen.findByRole('button', { name: 'Take Ada Lindqvist off this goal' }),
    ).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /Ben Okafor/ })).not.toBeInTheDocument()
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument()
  })
})

test('who answered for a goal before is not taken off it by others', async () => {
  const members = [{ person: BEN, role: 'contributor', was_owner: true }] as const
  renderPart(<GoalPeople goal={goal({ members: [...members], permissions: ['edit'] })} />)
  expect(await screen.findByText('Contributor, answered for it before')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Ben Okafor/ })).not.toBeInTheDocument()
})

describe('closing', () => {
  test('sends what was learned, and nothing for what was left empty', async () => {
    answering(goal(closed))
    const onClosed = vi.fn()
    const { user } = renderPart(<CloseGoalDrawer goal={goal()} onClosed={onClosed} />)
    await user.type(await screen.findByRole('textbox', { name: /What came of it/ }), 'Fine.')
    await user.type(screen.getByRole('textbox', { name: 'What worked' }), 'Talking.')
    await user.click(screen.getByRole('button', { name: 'Close goal' }))
    await waitFor(() => expect(onClosed).toHaveBeenCalled())
    expect(sent[0]?.body).toEqual({
      note: 'Fine.',
      score: '0.25',
      retrospective: { went_well: 'Talking.', went_badly: null, next_time: null },
    })
  })

  test('is remembered each time', async () => {
    const closing = (change: Partial<Closing>): Closing => ({
      id: 'one',
      outcome: 'closed',
      note: 'Nearly.',
      retrospective: { went_well: null, went_badly: 'Too late.', next_time: null },
      score: '0.6',
      closed_by: BEN,
      closed_at: '2026-11-02T08:00:00Z',
      ...change,
    })
    server.use(
      http.get(
        '*/v1/goals/goal/closings',
        page(closing({}), closing({ id: 'two', outcome: 'cancelled', note: null, score: null })),
      ),
    )
    const retrospective = { went_well: null, went_badly: null, next_time: null }
    renderPart(<ClosingsCard goal={goal({ retrospective, is_success: false })} />)
    expect(await screen.findByText('Nearly.')).toBeInTheDocument()
    expect(screen.getByText('Short of the commitment, which asks for 1.')).toBeInTheDocument()
    expect(screen.getByText('Score 0.6')).toBeInTheDocument()
    await waitFor(() => expect(screen.getAllByText('Too late.')).toHaveLength(2))
    expect(screen.getByText('Cancelled')).toBeInTheDocument()
  })
})

test('carrying over closes the old goal with a note, and goes to the new one', async () => {
  const cycle = { id: 'q1', name: 'Q1 2027', starts_on: '2027-01-01', ends_on: '2027-03-31' }
  server.use(http.get('*/v1/goal-cycles', page({ ...cycle, state: 'upcoming' })))
  answering(goal({ id: 'next' }))
  const { user, router } = renderPart(
    <CarryOverDrawer goal={goal({ permissions: ['close', 'carry_over'] })} onClosed={vi.fn()} />,
  )
  await user.click(await screen.findByRole('button', { name: 'Carry over' }))
  expect(await screen.findByText('This is needed')).toBeInTheDocument()
  await user.type(screen.getByRole('textbox', { name: /What came of it/ }), 'Half.')
  await user.click(screen.getByRole('button', { name: 'Carry over' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/goals/next'))
  expect(sent[0]?.body).toEqual({ cycle_id: 'q1', close: { note: 'Half.' } })
})

test('an agreement shows its steps, and asks whoever it waits for', async () => {
  const step: Negotiation = {
    id: 'one',
    step: 'proposed',
    comment: 'What about this?',
    by: BEN,
    at: '2026-11-02T08:00:00Z',
  }
  server.use(http.get('*/v1/goals/goal/negotiations', page(step)))
  const onSearch = vi.fn()
  const { user } = renderPart(
    <AgreementCard
      goal={goal({ permissions: ['agree', 'request_changes'] })}
      onSearch={onSearch}
    />,
  )
  expect(await screen.findByText('Ben Okafor proposed it')).toBeInTheDocument()
  expect(screen.getByText('What about this?')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Ask for changes' }))
  expect(onSearch).toHaveBeenCalledWith({ request_changes: true })
})

test('whoever asks for changes is told of a change meanwhile, and keeps their words', async () => {
  const bodies: unknown[] = []
  server.use(
    http.post('*/v1/goals/goal/request-changes', async ({ request }) => {
      bodies.push(await request.json())
      if (bodies.length > 1) return HttpResponse.json(goal())
      const problem = { code: 'goal_proposal_changed', status: 409, title: 'Changed.' }
      return HttpResponse.json(problem, { status: 409 })
    }),
  )
  function Page() {
    const [last_step_id, setLastStep] = useState('one')
    return (
      <>
        <Button onClick={() => setLastStep('two')}>Meanwhile</Button>
        <RequestChangesDrawer goal={goal({ last_step_id })} onClosed={vi.fn()} />
      </>
    )
  }
  const { user } = renderPart(<Page />)
  await user.type(await screen.findByLabelText(/What should be different/), 'Bolder.')
  fireEvent.click(screen.getByText('Meanwhile'))
  await user.click(screen.getByRole('button', { name: 'Send back' }))
  expect(await screen.findByText(/changed meanwhile: read it again/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Send back' }))
  await waitFor(() =>
    expect(bodies).toEqual([
      { comment: 'Bolder.', step_id: 'one' },
      { comment: 'Bolder.', step_id: 'two' },
    ]),
  )
})

describe('initiatives', () => {
  const initiative: Initiative = {
    id: 'call',
    version: 1,
    created_at: '2026-10-01T08:00:00Z',
    updated_at: '2026-10-01T08:00:00Z',
    goal_id: 'goal',
    key_result: { id: 'nps', title: 'Net promoter score', kind: 'number', unit: null },
    title: 'Call them',
    owner: BEN,
    due_on: null,
    done_at: null,
    permissions: ['complete'],
  }

  test('are ticked by whoever may, and edited by nobody else', async () => {
    server.use(http.get('*/v1/goals/goal/initiatives', page(initiative)))
    answering(initiative)
    const { user } = renderPart(
      <Initiatives goal={goal({ permissions: [] })} search={{}} onSearch={vi.fn()} />,
    )
    await user.click(await screen.findByRole('checkbox', { name: /Call them/ }))
    await waitFor(() => expect(sent[0]?.path).toBe('/v1/initiatives/call/complete'))
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  test('teach what they are while there are none', async () => {
    server.use(http.get('*/v1/goals/goal/initiatives', page()))
    renderPart(<Initiatives goal={goal()} search={{}} onSearch={vi.fn()} />)
    expect(await screen.findByText(/never counts in the progress/)).toBeInTheDocument()
  })
})

test('a key result names the goals that serve it', async () => {
  const child = { ...goal({ id: 'below', title: 'Answer at once' }), weight: '1' }
  renderPart(
    <ServedBy
      keyResultId={keyResult().id}
      goals={[
        { ...child, parent_key_result_id: 'nps' },
        { ...child, id: 'other', title: 'Elsewhere', parent_key_result_id: null },
      ]}
    />,
  )
  expect(await screen.findByRole('link', { name: 'Answer at once' })).toBeInTheDocument()
  expect(screen.queryByText('Elsewhere')).not.toBeInTheDocument()
})
