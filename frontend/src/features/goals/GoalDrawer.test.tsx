import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { goal, ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { EditGoalDrawer, GoalDrawer } from './GoalDrawer'

withApi()

const nothing = { items: [], next_cursor: null }

beforeEach(() => {
  signIn()
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/people', () => HttpResponse.json(nothing)),
    http.get('*/v1/goals', () => HttpResponse.json(nothing)),
    http.get('*/v1/goals/similar', () => HttpResponse.json({ items: [] })),
    http.get('*/v1/goal-cycles', () => HttpResponse.json(nothing)),
    http.post('*/v1/goals/smart-hints', () => HttpResponse.json({ hints: [], met: [] })),
  )
})

async function fill(user: ReturnType<typeof renderPart>['user'], name: RegExp, text: string) {
  const field = await screen.findByRole('textbox', { name })
  await user.clear(field)
  await user.click(field)
  await user.paste(text)
}

describe('a new goal', () => {
  test('goes out with its key results in one request, and its page opens', async () => {
    const bodies: unknown[] = []
    server.use(
      http.post('*/v1/goals', async ({ request }) => {
        bodies.push(await request.json())
        return HttpResponse.json(goal({ id: 'new' }), { status: 201 })
      }),
    )
    const { user, router } = renderPart(<GoalDrawer cycleId="q4" onClosed={vi.fn()} />)
    await fill(user, /want to reach/, ' Customers recommend us ')
    await fill(user, /What is measured/, 'Net promoter score')
    await fill(user, /Start/, '40')
    await fill(user, /Target/, '60')
    await user.click(screen.getByRole('button', { name: 'Set goal' }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/goals/new'))
    expect(bodies).toEqual([
      expect.objectContaining({
        title: 'Customers recommend us',
        level: 'person',
        owner_id: 'ada',
        cycle_id: 'q4',
        parent_id: null,
        state: 'active',
        key_results: [
          expect.objectContaining({ title: 'Net promoter score', start: '40', target: '60' }),
        ],
      }),
    ])
  })

  test('which others come near is told below the title, and it can serve one of them', async () => {
    const bodies: { parent_id?: string }[] = []
    const near = { ...goal({ id: 'near', title: 'Customers love us' }), similarity: '0.5' }
    server.use(
      http.get('*/v1/goals/similar', () => HttpResponse.json({ items: [near] })),
      http.get('*/v1/goals/near', () => HttpResponse.json(near)),
      http.post('*/v1/goals', async ({ request }) => {
        bodies.push((await request.json()) as (typeof bodies)[number])
        return HttpResponse.json(goal({ id: 'new' }), { status: 201 })
      }),
    )
    const { user } = renderPart(<GoalDrawer cycleId="q4" onClosed={vi.fn()} />)
    await fill(user, /want to reach/, 'Customers like us')
    const hint = await screen.findByRole('region', { name: 'Similar goals' })
    expect(within(hint).getByRole('link')).toHaveAttribute('target', '_blank')
    await user.click(within(hint).getByRole('button', { name: 'Align to it: Customers love us' }))
    expect(screen.getByDisplayValue('Customers love us')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Set goal' }))
    await waitFor(() => expect(bodies).toHaveLength(1))
    expect(bodies[0]?.parent_id).toBe('near')
  })

  test('a blank key result is not meant, and a target at the start is refused here', async () => {
    const { user } = renderPart(<GoalDrawer cycleId="q4" onClosed={vi.fn()} />)
    await user.click(await screen.findByRole('button', { name: 'Set goal' }))
    expect(await screen.findByText('This is needed')).toBeInTheDocument()
    expect(screen.getByRole('textbox', { name: /want to reach/ })).toHaveFocus()
    await fill(user, /What is measured/, 'NPS')
    await fill(user, /Start/, '5')
    await fill(user, /Target/, '5,0')
    await user.click(screen.getByRole('button', { name: 'Set goal' }))
    expect(await screen.findByText('The target equals the start')).toBeInTheDocument()
  })

  test('what the API refuses lands on its field, the rest above the form', async () => {
    server.use(
      http.post('*/v1/goals', () =>
        problem(422, 'invalid', [
          { pointer: '/key_results/0/target', code: 'x', detail: 'That is too far.' },
          { pointer: '/unknown', code: 'y', detail: 'The cycle is closed.' },
        ]),
      ),
    )
    const { user } = renderPart(<GoalDrawer cycleId="q4" onClosed={vi.fn()} />)
    await fill(user, /want to reach/, 'x')
    await fill(user, /What is measured/, 'NPS')
    await fill(user, /Target/, '60')
    await user.click(screen.getByRole('button', { name: 'Set goal' }))
    expect(await screen.findByText('That is too far.')).toBeInTheDocument()
    expect(screen.getByRole('textbox', { name: /Target/ })).toHaveFocus()
    expect(screen.getByText('The cycle is closed.')).toBeInTheDocument()
  })

  test('below another it is one level deeper, and serves it', async () => {
    server.use(
      http.get('*/v1/goals/top', () =>
        HttpResponse.json(goal({ id: 'top', title: 'The top', level: 'company' })),
      ),
      http.get('*/v1/departments', () => HttpResponse.json(nothing)),
    )
    renderPart(<GoalDrawer cycleId={undefined} parentId="top" onClosed={vi.fn()} />)
    expect(await screen.findByText('New goal under “The top”')).toBeInTheDocument()
    expect(screen.getByDisplayValue('The top')).toBeInTheDocument()
    expect(screen.getByDisplayValue('Department')).toBeInTheDocument()
  })
})

describe('editing a goal', () => {
  function edit() {
    const requests: { tag: string | null; body: unknown }[] = []
    const onClosed = vi.fn()
    server.use(
      http.get('*/v1/goals/goal', () => HttpResponse.json(goal())),
      http.patch('*/v1/goals/goal', async ({ request }) => {
        const tag = request.headers.get('If-Match')
        requests.push({ tag, body: await request.json() })
        return tag === '*' ? HttpResponse.json(goal({ version: 5 })) : problem(412, 'version_stale')
      }),
    )
    const part = renderPart(<EditGoalDrawer goalId="goal" onClosed={onClosed} />)
    return { ...part, requests, onClosed }
  }

  test('sends what changed, for the version that was read, and "keep mine" insists', async () => {
    const { user, requests, onClosed } = edit()
    await fill(user, /want to reach/, 'Mine')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await user.click(await screen.findByRole('button', { name: 'Keep mine' }))
    await waitFor(() => expect(onClosed).toHaveBeenCalled())
    expect(requests).toEqual([
      { tag: '"3-0"', body: { title: 'Mine' } },
      { tag: '*', body: { title: 'Mine' } },
    ])
  })

  test('"take theirs" shows what is stored now and lets go of mine', async () => {
    const { user } = edit()
    await fill(user, /want to reach/, 'Mine')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    const takeTheirs = await screen.findByRole('button', { name: 'Take theirs' })
    server.use(
      http.get('*/v1/goals/goal', () => HttpResponse.json(goal({ title: 'Theirs', version: 4 }))),
    )
    await user.click(takeTheirs)
    expect(await screen.findByDisplayValue('Theirs')).toBeInTheDocument()
    expect(screen.queryByText('Changed meanwhile')).not.toBeInTheDocument()
  })
})
