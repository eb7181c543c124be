import { screen, waitFor } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Feedback } from '@/api/gen/types.gen'
import { BEN, CHIARA, feedback, received } from '@/test/feedback'
import { ME } from '@/test/fixtures'
import { renderPart } from '@/test/render'
import { problem, server, signIn, withApi } from '@/test/server'
import { FeedbackCard, PraiseCard } from './FeedbackCard'
import { FeedbackPage } from './FeedbackPage'
import { PraisePage } from './PraisePage'

withApi()
beforeEach(() => {
  signIn()
  server.use(
    http.get('*/v1/me', () => HttpResponse.json(ME)),
    http.get('*/v1/people', () => page([])),
    http.get('*/v1/company-values', () => HttpResponse.json({ items: [], next_cursor: null })),
  )
})

const page = (items: object[]) => HttpResponse.json({ items, next_cursor: null })

/** Remembers what was asked for, and answers that it is done. */
function hearing(method: 'post' | 'put' | 'delete', path: string, answer: object | null = null) {
  const heard: { path: string; body: unknown; tag: string | null }[] = []
  server.use(
    http[method](path, async ({ request }) => {
      const text = await request.text()
      heard.push({
        path: new URL(request.url).pathname,
        body: text ? JSON.parse(text) : null,
        tag: request.headers.get('if-match'),
      })
      return answer ? HttpResponse.json(answer) : new HttpResponse(null, { status: 204 })
    }),
  )
  return heard
}

test('a card says who gave it to whom, and who reads it', async () => {
  renderPart(<FeedbackCard feedback={feedback()} />)
  expect(await screen.findByText('Only you and Ben Okafor')).toBeInTheDocument()
  expect(screen.getByRole('article')).toHaveTextContent(/Ben Okafor to you/)
  expect(screen.getByText('Advice')).toBeInTheDocument()
})

test('what nobody may do is not offered', async () => {
  renderPart(<FeedbackCard feedback={feedback()} />)
  await screen.findByText('Only you and Ben Okafor')
  expect(screen.queryByRole('button', { name: 'Thank' })).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Add a reaction' })).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /^More on/ })).not.toBeInTheDocument()
})

test('whoever received it thanks with one click', async () => {
  const one = feedback({ permissions: ['thank', 'acknowledge', 'make_a_goal', 'comment'] })
  const heard = hearing('post', '*/v1/feedback/:id/thank', one)
  const { user } = renderPart(<FeedbackCard feedback={one} />)
  await user.click(await screen.findByRole('button', { name: 'Thank' }))
  await waitFor(() =>
    expect(heard.map(({ path }) => path)).toEqual(['/v1/feedback/feedback/thank']),
  )
  expect(await screen.findByText('Your thanks are said')).toBeInTheDocument()
})

test('a proposal for more readers is agreed to as it was shown', async () => {
  const one = feedback({
    proposed_visibility: 'recipient_and_manager',
    waits_for_you: true,
    permissions: ['agree', 'decline'],
  })
  const heard = hearing('post', '*/v1/feedback/:id/visibility/agree', one)
  const { user } = renderPart(<FeedbackCard feedback={one} />)
  expect(await screen.findByText(/Proposed: Only you, Ben Okafor and your manager/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Agree' }))
  await waitFor(() => expect(heard.map(({ tag }) => tag)).toEqual(['"2-0"']))
})

test('the wall shows who was praised, reacts at once, and asks for nothing again', async () => {
  const one = feedback({
    kind: 'praise',
    visibility: 'public',
    receivers: [BEN, CHIARA, { ...BEN, id: 'd', name: 'Dan' }, { ...BEN, id: 'e' }].map(received),
    permissions: ['react'],
  })
  let asked = 0
  server.use(
    http.get('*/v1/feedback', ({ request }) => {
      asked += 1
      expect(new URL(request.url).searchParams.get('box')).toBe('wall')
      return page([one])
    }),
  )
  const heard = hearing('put', '*/v1/feedback/:id/reactions/:kind')
  const { user, queryClient } = renderPart(<PraisePage search={{}} onSearch={() => undefined} />)
  expect(await screen.findByRole('article')).toHaveTextContent(
    /Ben Okafor, Chiara Romano and 2 more/,
  )
  await user.click(screen.getByRole('button', { name: 'Add a reaction' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Rocket' }))
  const rocket = await screen.findByRole('button', { name: 'Rocket: 1' })
  expect(rocket).toHaveAttribute('aria-pressed', 'true')
  await waitFor(() => expect(heard).toHaveLength(1))
  await waitFor(() => expect(queryClient.isMutating()).toBe(0))
  const takenBack = hearing('delete', '*/v1/feedback/:id/reactions/:kind')
  await user.click(screen.getByRole('button', { name: 'Rocket: 1' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Rocket/ })).toBeNull())
  await waitFor(() => expect(takenBack).toHaveLength(1))
  expect(asked).toBe(1)
})

test('a reaction that is refused goes back', async () => {
  const one = feedback({ visibility: 'public', permissions: ['react'] })
  server.use(http.put('*/v1/feedback/:id/reactions/:kind', () => problem(409, 'feedback_hidden')))
  const { user } = renderPart(<PraiseCard feedback={one} />)
  await user.click(await screen.findByRole('button', { name: 'Add a reaction' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Heart' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Heart/ })).toBeNull())
})

test('an empty wall teaches, and a narrowed one offers the way back', async () => {
  server.use(http.get('*/v1/feedback', () => page([])))
  renderPart(<PraisePage search={{}} onSearch={() => undefined} />)
  expect(await screen.findByText('The wall is still blank')).toBeInTheDocument()
  const changed = vi.fn()
  const { user } = renderPart(<PraisePage search={{ value: 'own' }} onSearch={changed} />)
  await user.click(await screen.findByRole('button', { name: 'Show everything' }))
  expect(changed).toHaveBeenCalledWith({ value: undefined, person: undefined })
})

test('only moderators find what was reported', async () => {
  server.use(
    http.get('*/v1/me', () => HttpResponse.json({ ...ME, permissions: ['moderate_feedback'] })),
    http.get('*/v1/feedback', ({ request }) => {
      expect(new URL(request.url).searchParams.get('box')).toBe('reported')
      return page([feedback({ kind: 'praise', visibility: 'public', text: 'Reported words' })])
    }),
  )
  renderPart(<PraisePage search={{ show: 'reported' }} onSearch={() => undefined} />)
  expect(await screen.findByText('Reported words')).toBeInTheDocument()
})

test('whoever has nothing to moderate is told so', async () => {
  server.use(
    http.get('*/v1/me', () => HttpResponse.json({ ...ME, permissions: ['moderate_feedback'] })),
    http.get('*/v1/feedback', () => page([])),
  )
  renderPart(<PraisePage search={{ show: 'reported' }} onSearch={() => undefined} />)
  expect(await screen.findByText('Nothing is reported')).toBeInTheDocument()
})

function open(one: Feedback) {
  server.use(
    http.get('*/v1/feedback/feedback', () => HttpResponse.json(one)),
    http.get('*/v1/feedback/feedback/comments', () => page([])),
  )
  const seen = hearing('put', '*/v1/feedback/feedback/seen')
  const opened = renderPart(
    <FeedbackPage
      feedbackId="feedback"
      opened={undefined}
      onOpen={() => undefined}
      access={null}
    />,
  )
  return { ...opened, seen }
}

test('whoever opens it has seen it, and Ctrl+Enter says something about it', async () => {
  const { user, seen } = open(feedback({ permissions: ['comment'] }))
  const said = hearing('post', '*/v1/feedback/feedback/comments', {})
  const field = await screen.findByRole('textbox', { name: /Write a comment/ })
  await waitFor(() => expect(seen).toHaveLength(1))
  await user.type(field, 'Which meeting?{Control>}{Enter}{/Control}')
  await waitFor(() => expect(said.map(({ body }) => body)).toEqual([{ text: 'Which meeting?' }]))
  await waitFor(() => expect(field).toHaveValue(''))
})

test('what is withdrawn asks first, and leads away', async () => {
  const { user, router } = open(feedback({ giver: ME.person, permissions: ['withdraw'] }))
  const heard = hearing('delete', '*/v1/feedback/feedback')
  await user.click(await screen.findByRole('button', { name: 'Withdraw' }))
  await user.click((await screen.findAllByRole('button', { name: 'Withdraw' })).at(-1) as Element)
  await waitFor(() => expect(heard).toHaveLength(1))
  await waitFor(() => expect(router.state.location.pathname).toBe('/feedback'))
})
