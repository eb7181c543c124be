import { screen } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Need } from '@/api/gen/types.gen'
import { renderPart } from '@/test/render'
import { server, signIn, withApi } from '@/test/server'
import { NeedsCard } from './NeedsCard'

withApi()
beforeEach(signIn)

function needing(...needs: (Partial<Need> & Pick<Need, 'kind' | 'resource'>)[]) {
  const blank = { id: 'it', title: 'Ben Okafor', detail: null, since: null, count: null }
  const items = needs.map((need) => ({ ...blank, ...need }))
  server.use(http.get('*/v1/needs', () => HttpResponse.json({ items })))
  const onCheckIn = vi.fn()
  return { ...renderPart(<NeedsCard onCheckIn={onCheckIn} />), onCheckIn }
}

test('what names a person is told as a sentence, and leads to where it is done', async () => {
  needing(
    { kind: 'feedback_received', resource: 'feedback', id: 'a' },
    { kind: 'feedback_asked', resource: 'feedback-requests', id: 'b', detail: 'Chiara Romano' },
    { kind: 'feedback_commented', resource: 'feedback', id: 'c' },
  )
  const received = await screen.findByRole('link', { name: 'Ben Okafor gave you feedback' })
  expect(received).toHaveAttribute('href', '/feedback/a')
  expect(screen.getByText('Chiara Romano would like to hear your view')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Answer' })).toHaveAttribute(
    'href',
    '/feedback?tab=requests&answer=b',
  )
  expect(screen.getByRole('link', { name: /^New comment/ })).toHaveAttribute(
    'href',
    '/feedback/c#comments',
  )
})

test('a check-in is done in place, and everything else is looked at', async () => {
  const { user, onCheckIn } = needing(
    { kind: 'goal_check_in_due', resource: 'goals', id: 'goal', title: 'Ship it' },
    { kind: 'goal_comments_new', resource: 'goals', id: 'talk', title: 'Talk' },
  )
  await user.click(await screen.findByRole('button', { name: /Ship it/ }))
  expect(onCheckIn).toHaveBeenCalledWith('goal')
  expect(screen.getByRole('link', { name: 'Look' })).toHaveAttribute(
    'href',
    '/goals/talk#conversation',
  )
})

test('a kind that nobody here knows yet is still a need', async () => {
  needing({ kind: 'tea_is_ready', resource: 'kettles', title: 'Tea' })
  expect(await screen.findByText('Tea')).toBeInTheDocument()
  expect(screen.queryByRole('link')).not.toBeInTheDocument()
})
